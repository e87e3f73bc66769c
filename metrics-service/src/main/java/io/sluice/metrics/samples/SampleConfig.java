package io.sluice.metrics.samples;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The intake of samples. */
@ConfigMapping(prefix = "sluice.metrics.samples")
public interface SampleConfig {
    /** Samples older than this are refused; at most P2D, because batches are remembered for a week. */
    @WithDefault("PT48H")
    Duration maxAge();

    /** Samples further ahead of our clock than this are refused. */
    @WithDefault("PT5M")
    Duration maxAhead();

    /** Samples in a batch. */
    @WithDefault("10000")
    int maxBatch();

    /** Size of a batch. */
    @WithDefault("4M")
    MemorySize maxBody();

    /** Series of one metric; beyond it the label with most values is folded to {@code _other_}. */
    @WithDefault("2000")
    int maxSeriesPerMetric();

    /** Metrics (name, kind, unit); further ones are refused. */
    @WithDefault("2000")
    int maxMetrics();

    /** Windows held in memory before this process goes on as a new writer; about 1-2 KB each. */
    @WithDefault("10000")
    int maxWindows();

    /** Batches that wait for a commit; further ones are answered 503. */
    @WithDefault("256")
    int maxPending();
}
