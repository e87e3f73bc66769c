package io.sluice.gateway.catalogue;

/** What became of asking image-worker for a source. */
public sealed interface Lookup {
    /** There it is. */
    record Found(SourceFacts facts) implements Lookup {}

    /** There is none by this name. */
    record Unknown() implements Lookup {}

    /** Nobody can say just now; nothing is remembered of it. */
    record Failed(String reason) implements Lookup {}
}
