package io.sluice.image.definition;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be asked for. */
@ConfigMapping(prefix = "sluice.image.presets")
interface PresetsConfig {
    /** Whether only variants of a preset are made and served; others are answered 403. */
    @WithDefault("false")
    boolean only();
}
