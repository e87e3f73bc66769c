package io.sluice.benchmarks;

import java.util.Arrays;

/** How one message came to everybody, by the machine's monotonic clock. */
final class Spread {
    private final long askedNanos;
    private final long[] receivedNanos;
    private final long acknowledgedNanos;

    /**
     * @param askedNanos just before the sender was asked
     * @param receivedNanos when each receiver had read it
     * @param acknowledgedNanos when the last acknowledgement was through; 0 where nobody acknowledges
     */
    Spread(long askedNanos, long[] receivedNanos, long acknowledgedNanos) {
        this.askedNanos = askedNanos;
        this.receivedNanos = receivedNanos.clone();
        this.acknowledgedNanos = acknowledgedNanos;
        Arrays.sort(this.receivedNanos);
        if (receivedNanos.length == 0 || this.receivedNanos[0] < askedNanos) {
            throw new IllegalArgumentException("everybody receives, and nobody before it was sent");
        }
    }

    boolean acknowledged() {
        return acknowledgedNanos > 0;
    }

    /** From the request until the first receiver had it: deciding, signing, storing. */
    double issueMillis() {
        return (receivedNanos[0] - askedNanos) / 1e6;
    }

    /** From the first receiver until this share of them had it; 1 is the last. */
    double millis(double share) {
        int index = (int) Math.ceil(share * receivedNanos.length) - 1;
        return (receivedNanos[Math.max(0, index)] - receivedNanos[0]) / 1e6;
    }

    /** From the first receiver until all acknowledgements were through. */
    double acknowledgedMillis() {
        return (acknowledgedNanos - receivedNanos[0]) / 1e6;
    }
}
