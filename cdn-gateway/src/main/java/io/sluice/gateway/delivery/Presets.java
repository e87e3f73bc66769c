package io.sluice.gateway.delivery;

import io.sluice.contracts.image.Fit;
import io.sluice.gateway.catalogue.SharedDefinitions;
import io.sluice.gateway.negotiation.ImageQuery;
import io.sluice.gateway.negotiation.MalformedQuery;
import io.sluice.gateway.negotiation.Preset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The presets of the configuration, and behind them those of image-worker. */
final class Presets {
    private final Preset standard;
    private final Map<String, Preset> named;
    private final SharedDefinitions shared;

    /** @throws IllegalArgumentException when one is not what it must be */
    Presets(PresetsConfig config, SharedDefinitions shared) {
        this.shared = shared;
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
        if (name == null) {
            return standard;
        }
        Preset own = named.get(name);
        return own == null ? shared.preset(name) : own;
    }

    /**
     * What a request asks for on top of its preset.
     *
     * @throws MalformedQuery when it names a watermark that there is not
     */
    SortedMap<Character, String> operations(ImageQuery query) {
        String mark = query.watermark();
        if (mark == null) {
            return query.operations();
        }
        String id = shared.mark(mark);
        if (id == null) {
            throw new MalformedQuery(
                    "wm", "is not known; define it with PUT /api/v1/watermarks/{name} at image-worker");
        }
        SortedMap<Character, String> marked = new TreeMap<>(query.operations());
        marked.put('m', id);
        return marked;
    }

    /** All names, for a person. */
    String names() {
        TreeSet<String> names = new TreeSet<>(named.keySet());
        names.addAll(shared.presetNames());
        return names.isEmpty() ? "none" : String.join(", ", names);
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
