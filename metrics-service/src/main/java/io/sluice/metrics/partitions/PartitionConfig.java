package io.sluice.metrics.partitions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long rollups are kept. A partition is dropped when all of it is older than this. */
@ConfigMapping(prefix = "sluice.metrics.retention")
public interface PartitionConfig {
    /** Samples by 10 seconds; at least PT3H. */
    @WithDefault("PT3H")
    Duration samplesTenSeconds();

    /** Samples by minute; at least P3D. */
    @WithDefault("P7D")
    Duration samplesMinutes();

    /** Samples by hour. */
    @WithDefault("P90D")
    Duration samplesHours();

    /** CDN usage by minute; at least P3D. */
    @WithDefault("P14D")
    Duration cdnMinutes();

    /** CDN usage by hour; at least P32D, because a budget's month is counted from it. */
    @WithDefault("P400D")
    Duration cdnHours();

    /** What clients report of decisions, with their networks; at least PT2H. */
    @WithDefault("PT3H")
    Duration cdnOutcomes();
}
