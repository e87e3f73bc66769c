package io.sluice.metrics.cdnlog;

import io.sluice.contracts.usage.EdgeLogLine;
import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import io.sluice.metrics.histogram.Bounds;
import io.sluice.metrics.histogram.ExponentialHistogram;
import java.util.Locale;

/** Requests that have the same {@link Key}, added up. Not thread-safe. */
final class UsageCell {
    /**
     * What requests are told apart by.
     *
     * @param start of the window, epoch seconds
     * @param format avif, webp, jpeg, png, or other for all that is not a variant
     * @param statusClass 1-5, 0 when the client left
     */
    record Key(long start, String cdn, String format, CacheResult cache, int statusClass) {
        static Key of(String cdn, EdgeLogLine line) {
            long second = line.time().getEpochSecond();
            return new Key(
                    second - Math.floorMod(second, 60), cdn, format(line.path()), line.cache(), line.status() / 100);
        }

        Key hour() {
            return new Key(start - Math.floorMod(start, 3600), cdn, format, cache, statusClass);
        }

        private static String format(String path) {
            if (!path.startsWith("/v/")) {
                return "other";
            }
            return switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
                case "avif" -> "avif";
                case "webp" -> "webp";
                case "jpg" -> "jpeg";
                case "png" -> "png";
                default -> "other";
            };
        }
    }

    private final ExponentialHistogram duration;
    private long requests;
    private long bytes;

    UsageCell() {
        this(0, 0, new ExponentialHistogram(Bounds.TIME));
    }

    UsageCell(long requests, long bytes, ExponentialHistogram duration) {
        this.requests = requests;
        this.bytes = bytes;
        this.duration = duration;
    }

    void add(EdgeLogLine line) {
        requests++;
        bytes += line.bytes();
        duration.record(line.seconds());
    }

    void merge(UsageCell other) {
        requests += other.requests;
        bytes += other.bytes;
        duration.merge(other.duration);
    }

    long requests() {
        return requests;
    }

    long bytes() {
        return bytes;
    }

    ExponentialHistogram duration() {
        return duration;
    }
}
