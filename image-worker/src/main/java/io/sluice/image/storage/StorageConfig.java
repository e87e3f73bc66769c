package io.sluice.image.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is collected, and when. */
@ConfigMapping(prefix = "sluice.image.storage")
interface StorageConfig {
    /** Whether the store is measured and swept by itself; by hand it always can be. */
    @WithDefault("true")
    boolean automatic();

    /** Between two of these runs, over restarts; at least an hour. */
    @WithDefault("PT24H")
    Duration every();

    /** A variant that was served to nobody for so long goes; it is made anew when it is asked for. */
    @WithDefault("P90D")
    Duration unused();

    /** A variant of an encoder profile that is gone goes so long after it was last served. */
    @WithDefault("P7D")
    Duration oldProfile();

    /** An original goes when no source referred to it, and none of its variants was there, for so long. */
    @WithDefault("P7D")
    Duration original();

    /** Bytes without an entry, and entries without bytes, go at this age: younger ones may be in the making. */
    @WithDefault("PT1H")
    Duration orphan();
}
