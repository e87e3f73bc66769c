package io.sluice.metrics.samples;

import io.sluice.metrics.partitions.TimeTable;
import java.time.Duration;

/** The resolutions at which samples are kept. */
public enum Tier {
    TEN_SECONDS(TimeTable.ROLLUP_10S, Duration.ofSeconds(10)),
    MINUTE(TimeTable.ROLLUP_1M, Duration.ofMinutes(1)),
    HOUR(TimeTable.ROLLUP_1H, Duration.ofHours(1));

    /** Samples that come later than this are not in the 10-second tier, which is kept for a few hours only. */
    public static final Duration TEN_SECONDS_REACH = Duration.ofHours(2);

    private final TimeTable table;
    private final Duration resolution;

    Tier(TimeTable table, Duration resolution) {
        this.table = table;
        this.resolution = resolution;
    }

    /** Where it is kept. */
    public TimeTable table() {
        return table;
    }

    /** Length of a window. */
    public Duration resolution() {
        return resolution;
    }

    /** Start of the window of a moment, both in epoch seconds. */
    public long windowOf(long epochSecond) {
        return epochSecond - Math.floorMod(epochSecond, resolution.toSeconds());
    }
}
