package io.sluice.metrics.cdnlog;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The intake of CDN logs. */
@ConfigMapping(prefix = "sluice.metrics.cdn-logs")
public interface CdnLogConfig {
    /** Lines older than this are refused; at most P2D, because batches are remembered for a week. */
    @WithDefault("PT48H")
    Duration maxAge();

    /** Lines further ahead of our clock than this are refused. */
    @WithDefault("PT5M")
    Duration maxAhead();

    /** Size of a batch as sent, and of one that is not compressed. */
    @WithDefault("32M")
    MemorySize maxBody();

    /** Size of a compressed batch when unpacked. */
    @WithDefault("256M")
    MemorySize maxUnpacked();
}
