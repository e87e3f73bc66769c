package io.sluice.metrics.batches;

/**
 * What makes a batch the same when it is sent again.
 *
 * @param source who sends
 * @param batchId the sender's id of it
 */
public record BatchKey(String source, String batchId) implements Comparable<BatchKey> {
    /** Longest source and longest id, in characters. */
    public static final int MAX_LENGTH = 200;

    @Override
    public int compareTo(BatchKey other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : batchId.compareTo(other.batchId);
    }
}
