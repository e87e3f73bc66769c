package io.sluice.metrics.cdnlog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a log.
 *
 * @param batchId by which it is known when it is sent again
 * @param lines how many there were
 * @param accepted how many were counted; 0 for a duplicate
 * @param rejected how many were not counted
 * @param rejectedLines the first 100 of them
 * @param from time of the earliest line that was accepted; absent without any
 * @param to time of the latest
 * @param duplicate whether it had been taken before; nothing was counted again
 */
record LogIntake(
        String batchId,
        long lines,
        long accepted,
        long rejected,
        List<RejectedLine> rejectedLines,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean duplicate) {

    LogIntake {
        rejectedLines = List.copyOf(rejectedLines);
    }

    /**
     * A line that was not counted.
     *
     * @param line its number, from 1
     * @param reason {@code too_old} (48 h), {@code in_the_future} (5 min), or {@code malformed: ..}
     */
    record RejectedLine(long line, String reason) {}
}
