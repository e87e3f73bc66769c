package io.sluice.metrics.usage;

import io.sluice.metrics.partitions.TimeTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time as it is read: from minutes for up to three hours that are still kept by the minute, else from hours.
 *
 * @param from inclusive, brought back to a whole minute or hour
 * @param to exclusive, brought forward likewise
 */
record Window(TimeTable table, Instant from, Instant to) {
    private static final Duration MINUTES_UP_TO = Duration.ofHours(3);

    static Window of(Instant from, Instant to, Instant now, Duration minutesKept) {
        boolean minutes =
                Duration.between(from, to).compareTo(MINUTES_UP_TO) <= 0 && !from.isBefore(now.minus(minutesKept));
        ChronoUnit unit = minutes ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        return new Window(
                minutes ? TimeTable.CDN_1M : TimeTable.CDN_1H,
                from.truncatedTo(unit),
                to.plus(1, unit).minusNanos(1).truncatedTo(unit));
    }

    /** Length of one window of the table. */
    Duration resolution() {
        return table == TimeTable.CDN_1M ? Duration.ofMinutes(1) : Duration.ofHours(1);
    }
}
