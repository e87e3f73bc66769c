package io.sluice.contracts.directive;

import io.sluice.contracts.image.ImageFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one level allows at the most.
 *
 * @param quality format token ({@code avif}, {@code webp}, {@code jpeg}) to the highest quality, 1-100; a format without an
 *     entry is not capped
 * @param formats tokens of the formats that may be served; empty allows all
 * @param maxDimension longest side in pixels, 16-4096; absent: not capped
 * @param maxDpr highest device pixel ratio that is honoured; absent: not capped
 */
public record LevelCaps(
        Map<String, Integer> quality,
        List<String> formats,
        @Nullable Integer maxDimension,
        @Nullable Double maxDpr) {

    /** Caps nothing. */
    public static final LevelCaps NONE = new LevelCaps(Map.of(), List.of(), null, null);

    public LevelCaps {
        quality = Map.copyOf(quality);
        formats = List.copyOf(formats);
        quality.forEach((format, cap) -> {
            if (cap < 1 || cap > 100) {
                throw new IllegalArgumentException("quality." + format + " must be 1-100, was " + cap);
            }
        });
        if (maxDimension != null && (maxDimension < 16 || maxDimension > 4096)) {
            throw new IllegalArgumentException("maxDimension must be 16-4096, was " + maxDimension);
        }
        if (maxDpr != null && !(maxDpr >= 1 && maxDpr <= 4)) {
            throw new IllegalArgumentException("maxDpr must be 1-4, was " + maxDpr);
        }
    }

    /** The quality that may be served when {@code asked} is wanted. */
    public int quality(ImageFormat format, int asked) {
        Integer cap = quality.get(format.token());
        return cap == null ? asked : Math.min(asked, cap);
    }

    /** The side that may be served when {@code asked} pixels are wanted. */
    public int dimension(int asked) {
        return maxDimension == null ? asked : Math.min(asked, maxDimension);
    }

    /** Whether a format may be served. JPEG, PNG and GIF always may: they are what every client can show. */
    public boolean allows(ImageFormat format) {
        return formats.isEmpty()
                || format == ImageFormat.JPEG
                || format == ImageFormat.PNG
                || format == ImageFormat.GIF
                || formats.contains(format.token());
    }
}
