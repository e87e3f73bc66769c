package io.sluice.gateway.negotiation;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.NamedPreset;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What holds for a request where it says nothing itself.
 *
 * @param width in CSS pixels; 0 for none
 * @param height likewise
 * @param fit how the picture meets the box
 * @param avif quality 1-100
 * @param webp quality 1-100
 * @param jpeg quality 1-100
 * @param dprThousandths most device pixels for a CSS pixel, 1000-4000
 * @param operations letters of a recipe and their values
 */
public record Preset(
        int width,
        int height,
        Fit fit,
        int avif,
        int webp,
        int jpeg,
        int dprThousandths,
        SortedMap<Character, String> operations) {
    private static final int MOST_DPR = 4000;

    /** Without operations, for every screen. */
    public Preset(int width, int height, Fit fit, int avif, int webp, int jpeg) {
        this(width, height, fit, avif, webp, jpeg, MOST_DPR, Collections.emptySortedMap());
    }

    public Preset {
        side("width", width);
        side("height", height);
        quality("avif", avif);
        quality("webp", webp);
        quality("jpeg", jpeg);
        operations = operations.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(operations));
    }

    /** As image-worker tells it. */
    public static Preset of(NamedPreset named) {
        SortedMap<Character, String> operations = named.details();
        operations.remove('x');
        return new Preset(
                named.width(),
                named.height(),
                Fit.ofToken(named.fit()).orElseThrow(),
                named.quality().getOrDefault("avif", 0),
                named.quality().getOrDefault("webp", 0),
                named.quality().getOrDefault("jpeg", 0),
                named.dpr() * 1000,
                operations);
    }

    /** With what a request asks for on top; the request's own letters win. */
    public Preset with(SortedMap<Character, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        SortedMap<Character, String> both = new TreeMap<>(operations);
        both.putAll(more);
        return new Preset(width, height, fit, avif, webp, jpeg, dprThousandths, both);
    }

    /** Quality of a format; 0 for a lossless one. */
    public int quality(ImageFormat format) {
        return switch (format) {
            case AVIF -> avif;
            case WEBP -> webp;
            case JPEG -> jpeg;
            case PNG, GIF -> 0;
        };
    }

    private static void side(String name, int pixels) {
        if (pixels < 0 || pixels > ImageQuery.MAX_SIDE) {
            throw new IllegalArgumentException(name + " must be 1-" + ImageQuery.MAX_SIDE + ", was " + pixels);
        }
    }

    private static void quality(String format, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality of " + format + " must be 1-100, was " + quality);
        }
    }
}
