package io.sluice.alerting.outbox;

import io.smallrye.mutiny.Uni;

/** A way to tell somebody. */
public interface Channel {
    /** {@code webhook}, {@code email}. */
    String name();

    /** Whether it has a destination; without one it is off. */
    boolean configured();

    /** Tries once, within 20 s and without blocking. A failed Uni counts as {@link Outcome.Later}. */
    Uni<Outcome> deliver(Parcel parcel);
}
