package io.sluice.gateway.negotiation;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;

/**
 * What holds for a request where it says nothing itself.
 *
 * @param width in CSS pixels; 0 for none
 * @param height likewise
 * @param fit how the picture meets the box
 * @param avif quality 1-100
 * @param webp quality 1-100
 * @param jpeg quality 1-100
 */
public record Preset(int width, int height, Fit fit, int avif, int webp, int jpeg) {
    public Preset {
        side("width", width);
        side("height", height);
        quality("avif", avif);
        quality("webp", webp);
        quality("jpeg", jpeg);
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
