package io.sluice.metrics.samples;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A metric with one set of labels.
 *
 * @param id the first 64 bits of a SHA-256 over all the rest: the same in each replica, without asking; two of a million
 *     series share one with a probability of 3e-8
 * @param labels sorted by name
 */
public record Series(long id, MetricId metric, SortedMap<String, String> labels) {

    /** The series of a metric with these labels. */
    public static Series of(MetricId metric, Map<String, String> labels) {
        SortedMap<String, String> sorted = new TreeMap<>(labels);
        MessageDigest digest = sha256();
        update(digest, metric.name());
        update(digest, metric.kind().name());
        update(digest, metric.unit());
        sorted.forEach((name, value) -> {
            update(digest, name);
            update(digest, value);
        });
        return new Series(ByteBuffer.wrap(digest.digest()).getLong(), metric, sorted);
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0); // neither names nor values have control characters
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
