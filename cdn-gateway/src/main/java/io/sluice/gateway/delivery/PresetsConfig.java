package io.sluice.gateway.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.OptionalInt;

/** What holds where a request says nothing. */
@ConfigMapping(prefix = "sluice.gateway.image")
public interface PresetsConfig {
    /** Quality of AVIF, 1-100. */
    @WithDefault("60")
    int avif();

    /** Quality of WebP, 1-100. */
    @WithDefault("80")
    int webp();

    /** Quality of JPEG, 1-100. */
    @WithDefault("75")
    int jpeg();

    /** {@code contain}, {@code cover} or {@code inside}. */
    @WithDefault("inside")
    String fit();

    /** Presets by name, asked for by {@code preset={name}}; what one leaves out is as above. */
    Map<String, Named> presets();

    /** One preset. */
    interface Named {
        /** Width in CSS pixels. */
        OptionalInt width();

        /** Height in CSS pixels. */
        OptionalInt height();

        /** {@code contain}, {@code cover} or {@code inside}. */
        java.util.Optional<String> fit();

        /** Quality of AVIF, 1-100. */
        OptionalInt avif();

        /** Quality of WebP, 1-100. */
        OptionalInt webp();

        /** Quality of JPEG, 1-100. */
        OptionalInt jpeg();
    }
}
