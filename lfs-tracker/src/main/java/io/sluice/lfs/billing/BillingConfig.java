package io.sluice.lfs.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often GitHub's bill is read. One call is one day; the defaults make fewer than 400 of the 5,000 calls GitHub allows an hour, in a day. */
@ConfigMapping(prefix = "sluice.lfs.billing")
interface BillingConfig {
    /** How often to look whether a day is due; {@code off} stops pulling. */
    @WithDefault("5s")
    String tick();

    /** How often today and yesterday are pulled. */
    @WithDefault("PT15M")
    Duration interval();

    /** How often the five days before yesterday are pulled. */
    @WithDefault("PT1H")
    Duration recentInterval();

    /** How often the days of the previous month are pulled, until the 5th. */
    @WithDefault("PT24H")
    Duration previousMonthInterval();

    /** How many days back a day that was never pulled is; projections learn from these. */
    @WithDefault("56")
    int historyDays();

    /** How long after its end a day is still restated by GitHub. */
    @WithDefault("PT48H")
    Duration settling();

    /** First pause after a failure; doubled with each one that follows. */
    @WithDefault("PT5S")
    Duration firstPause();

    /** Longest pause after a failure, unless GitHub asks for a longer one. */
    @WithDefault("PT10M")
    Duration longestPause();
}
