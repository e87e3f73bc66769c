package io.sluice.gateway.recording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sample of decisions that this replica keeps in memory. */
@ConfigMapping(prefix = "sluice.gateway.recording")
public interface RecordingConfig {
    /** How many decisions are kept, about 400 bytes each, 1-1000000; the oldest goes. */
    @WithDefault("16384")
    int size();

    /** One decision in so many is kept, chosen at random, at least 1. */
    @WithDefault("16")
    int oneIn();
}
