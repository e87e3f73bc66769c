package io.sluice.image.variant;

/** The visible marks that recipes name by id. Answers from memory. */
public interface Marks {
    /**
     * A mark's definition.
     *
     * @throws UnknownMark when there is none by this id
     */
    MarkDefinition definition(String id);
}
