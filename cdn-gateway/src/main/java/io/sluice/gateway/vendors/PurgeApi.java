package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import java.time.Instant;
import java.util.List;

/** The purge API of one vendor. Pure: neither clock nor network. */
public interface PurgeApi {
    /**
     * The calls that purge {@code values}, each within the vendor's limits.
     *
     * @param soft whether stale objects will do; where the vendor cannot, calls come out hard
     * @throws Unpurgeable when there is no way
     */
    List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft);

    /** The bucket that a call takes from. */
    Allowance allowance(Cdn cdn, PurgeCall call);

    /**
     * The request of a call.
     *
     * @param reference ours, the same for each try, at most 64 characters
     * @param now for signatures
     * @throws IllegalStateException when the credential is not configured any more
     */
    VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now);

    /** What the answer to a call means. */
    VendorOutcome outcome(VendorReply reply);

    /** Asks how far a call is that was accepted as under way. */
    default VendorRequest progress(Cdn cdn, String reference, Instant now) {
        throw new IllegalStateException(cdn.vendor().kind() + " does not report progress");
    }

    /** Whether the next call has to wait until the last one is complete. */
    default boolean oneAtATime() {
        return false;
    }

    /** How many paths a call adds to the bill. */
    default int billedPaths(PurgeCall call) {
        return 0;
    }
}
