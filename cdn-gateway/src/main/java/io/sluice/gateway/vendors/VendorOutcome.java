package io.sluice.gateway.vendors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface VendorOutcome {
    /**
     * The vendor took it.
     *
     * @param reference what it calls it
     * @param underWay whether it has to be asked for its progress
     */
    record Accepted(@Nullable String reference, boolean underWay) implements VendorOutcome {}

    /**
     * Another try may succeed.
     *
     * @param after what the vendor asks to wait, in which nobody else of the account may call either
     * @param reason for a person
     */
    record Later(Optional<Duration> after, String reason) implements VendorOutcome {}

    /**
     * No further try will succeed.
     *
     * @param reason for a person
     */
    record Refused(String reason) implements VendorOutcome {}
}
