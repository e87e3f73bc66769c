package io.sluice.metrics.partitions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The time-series tables and how long a stretch one partition of each holds. */
public enum TimeTable {
    ROLLUP_10S("rollup_10s", ChronoUnit.HOURS),
    ROLLUP_1M("rollup_1m", ChronoUnit.DAYS),
    ROLLUP_1H("rollup_1h", ChronoUnit.MONTHS),
    CDN_1M("cdn_rollup_1m", ChronoUnit.DAYS),
    CDN_1H("cdn_rollup_1h", ChronoUnit.MONTHS),
    CDN_OUTCOME("cdn_outcome", ChronoUnit.HOURS);

    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("'_p'uuuuMMddHH").withZone(ZoneOffset.UTC);

    private final String table;
    private final ChronoUnit span;

    TimeTable(String table, ChronoUnit span) {
        this.table = table;
        this.span = span;
    }

    /** Name of the table. */
    public String table() {
        return table;
    }

    /** The partition that holds a moment. */
    Partition partitionOf(Instant moment) {
        ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
        ZonedDateTime from = span == ChronoUnit.MONTHS
                ? LocalDate.of(time.getYear(), time.getMonthValue(), 1).atStartOfDay(ZoneOffset.UTC)
                : time.truncatedTo(span);
        return new Partition(this, from.toInstant(), from.plus(1, span).toInstant());
    }

    /**
     * A stretch of a table.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record Partition(TimeTable of, Instant from, Instant to) {
        String name() {
            return of.table + SUFFIX.format(from);
        }

        Partition next() {
            return of.partitionOf(to);
        }
    }
}
