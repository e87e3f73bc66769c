package io.sluice.gateway.purge;

import io.sluice.gateway.vendors.PurgeCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A claimed call.
 *
 * @param id of its row
 * @param purge job it belongs to
 * @param cdn where
 * @param what to call
 * @param step what to do next
 * @param attempts failed tries of this step so far
 * @param fence of the claim: who claims it later has another
 * @param reference the vendor's, once it has one
 * @param sinceAccepted since the vendor took it, zero before
 */
record Call(
        long id,
        long purge,
        String cdn,
        PurgeCall what,
        Step step,
        int attempts,
        long fence,
        @Nullable String reference,
        Duration sinceAccepted) {
    /** States in which there is something to do. */
    enum Step {
        /** To be sent. */
        WAITING,
        /** The vendor is at it; to be asked. */
        ACCEPTED,
        /** The vendor says it is done; to be checked by a fetch. */
        VERIFYING
    }
}
