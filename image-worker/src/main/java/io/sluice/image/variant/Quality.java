package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import java.util.Map;

/**
 * Which WebP quality looks like an AVIF quality. From the measured ladder of both encoders (mean SSIMULACRA2 over 20
 * photographs at 1280 pixels): AVIF 80 is WebP 90, 65 is 82, 60 is 79, 50 is 60, 45 is 47, 40 is 36, 30 is 20; straight lines
 * between.
 */
public final class Quality {
    private static final int[] AVIF = {1, 30, 40, 45, 50, 60, 65, 80, 100};
    private static final int[] WEBP = {1, 20, 36, 47, 60, 79, 82, 90, 100};

    /** Likeness in thousandths of qualities 40, 50, .. 90, mean of the sample photographs at 512 pixels. */
    private static final Map<ImageFormat, int[]> LIKENESS = Map.of(
            ImageFormat.AVIF, new int[] {930, 955, 972, 980, 986, 992},
            ImageFormat.WEBP, new int[] {945, 953, 960, 965, 976, 988},
            ImageFormat.JPEG, new int[] {950, 957, 963, 970, 979, 989});

    private Quality() {}

    /** The quality, 40-90 in steps of ten, that mostly reaches a likeness in thousandths. */
    public static int alike(ImageFormat format, int thousandths) {
        int[] reached = LIKENESS.getOrDefault(format, new int[0]);
        int i = 0;
        while (i < reached.length - 1 && reached[i] < thousandths) {
            i++;
        }
        return 40 + 10 * i;
    }

    /** The WebP quality, 1-100, that looks like {@code avif}, 1-100. */
    public static int webpLike(int avif) {
        int i = 1;
        while (AVIF[i] < avif) {
            i++;
        }
        int span = AVIF[i] - AVIF[i - 1];
        return WEBP[i - 1] + ((WEBP[i] - WEBP[i - 1]) * (avif - AVIF[i - 1]) + span / 2) / span;
    }
}
