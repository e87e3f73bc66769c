package io.sluice.image.information;

import io.sluice.image.variant.Thumbnail;
import java.util.Locale;

/** The colour that most of a picture has: the mean of its fullest bin of 16 x 16 x 16, weighed by opacity. Pure. */
final class DominantColour {
    private DominantColour() {}

    /** As {@code #rrggbb}; black when nothing can be seen at all. */
    static String of(Thumbnail picture) {
        long[] weights = new long[16 * 16 * 16];
        int fullest = 0;
        for (int pixel = 0; pixel < picture.pixels(); pixel++) {
            int bin = bin(picture, pixel);
            weights[bin] += picture.channel(pixel, 3);
            fullest = weights[bin] > weights[fullest] ? bin : fullest;
        }
        long[] sums = new long[3];
        for (int pixel = 0; pixel < picture.pixels(); pixel++) {
            if (bin(picture, pixel) == fullest) {
                for (int channel = 0; channel < 3; channel++) {
                    sums[channel] += (long) picture.channel(pixel, channel) * picture.channel(pixel, 3);
                }
            }
        }
        long weight = Math.max(1, weights[fullest]);
        return String.format(Locale.ROOT, "#%02x%02x%02x", sums[0] / weight, sums[1] / weight, sums[2] / weight);
    }

    private static int bin(Thumbnail picture, int pixel) {
        return picture.channel(pixel, 0) >> 4 << 8
                | picture.channel(pixel, 1) >> 4 << 4
                | picture.channel(pixel, 2) >> 4;
    }
}
