package io.sluice.gateway.delivery;

import io.sluice.contracts.image.Fit;
import io.sluice.gateway.negotiation.Preset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The presets of the configuration. Immutable. */
final class Presets {
    private final Preset standard;
    private final Map<String, Preset> named;

    /** @throws IllegalArgumentException when one is not what it must be */
    Presets(PresetsConfig config) {
        this.standard = new Preset(0, 0, fit(config.fit()), config.avif(), config.webp(), config.jpeg());
        Map<String, Preset> presets = new TreeMap<>();
        config.presets().forEach((name, preset) -> {
            try {
                presets.put(name, of(preset, config));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sluice.gateway.image.presets." + name + ": " + e.getMessage(), e);
            }
        });
        this.named = presets;
    }

    /** A preset by name, the standard one for null; null when there is none by this name. */
    @Nullable
    Preset of(@Nullable String name) {
        return name == null ? standard : named.get(name);
    }

    /** All names, for a person. */
    String names() {
        return named.isEmpty() ? "none" : String.join(", ", named.keySet());
    }

    private static Preset of(PresetsConfig.Named preset, PresetsConfig config) {
        return new Preset(
                preset.width().orElse(0),
                preset.height().orElse(0),
                fit(preset.fit().orElse(config.fit())),
                preset.avif().orElse(config.avif()),
                preset.webp().orElse(config.webp()),
                preset.jpeg().orElse(config.jpeg()));
    }

    private static Fit fit(String token) {
        return Fit.ofToken(token)
                .orElseThrow(() -> new IllegalArgumentException(
                        "fit must be contain, cover, inside or fill, was '" + token + "'"));
    }
}
