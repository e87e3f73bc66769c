package io.sluice.image.information;

import io.sluice.image.variant.Thumbnail;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The placeholder of <a href="https://evanw.github.io/thumbhash/">ThumbHash</a>: about 25 bytes with shape, transparency and
 * colours, in base64. For pictures of at most 100 x 100 pixels. Pure.
 */
final class ThumbHash {
    private static final int MAX_SIDE = 100;

    private ThumbHash() {}

    static String of(Thumbnail picture) {
        if (picture.width() > MAX_SIDE || picture.height() > MAX_SIDE) {
            throw new IllegalArgumentException("at most 100 x 100 pixels");
        }
        double[][] planes = planes(picture);
        boolean alpha = false;
        for (double opacity : planes[3]) {
            alpha |= opacity < 1;
        }
        int longest = Math.max(picture.width(), picture.height());
        int most = alpha ? 5 : 7;
        int across = (int) Math.max(1, Math.round((double) most * picture.width() / longest));
        int down = (int) Math.max(1, Math.round((double) most * picture.height() / longest));
        List<Wave> waves = new ArrayList<>(List.of(
                Wave.of(picture, planes[0], Math.max(3, across), Math.max(3, down)),
                Wave.of(picture, planes[1], 3, 3),
                Wave.of(picture, planes[2], 3, 3)));
        if (alpha) {
            waves.add(Wave.of(picture, planes[3], 5, 5));
        }
        boolean landscape = picture.width() > picture.height();
        return packed(waves, alpha, landscape, landscape ? down : across);
    }

    /** Luminance, yellow to blue, red to green, opacity; each pixel on the picture's average colour. */
    private static double[][] planes(Thumbnail picture) {
        double[] average = new double[3];
        double opaque = 0;
        for (int pixel = 0; pixel < picture.pixels(); pixel++) {
            double opacity = picture.channel(pixel, 3) / 255.0;
            for (int channel = 0; channel < 3; channel++) {
                average[channel] += opacity / 255 * picture.channel(pixel, channel);
            }
            opaque += opacity;
        }
        double[][] planes = new double[4][picture.pixels()];
        for (int pixel = 0; pixel < picture.pixels(); pixel++) {
            double opacity = picture.channel(pixel, 3) / 255.0;
            double[] rgb = new double[3];
            for (int channel = 0; channel < 3; channel++) {
                double behind = opaque > 0 ? average[channel] / opaque : 0;
                rgb[channel] = behind * (1 - opacity) + opacity / 255 * picture.channel(pixel, channel);
            }
            planes[0][pixel] = (rgb[0] + rgb[1] + rgb[2]) / 3;
            planes[1][pixel] = (rgb[0] + rgb[1]) / 2 - rgb[2];
            planes[2][pixel] = rgb[0] - rgb[1];
            planes[3][pixel] = opacity;
        }
        return planes;
    }

    private static String packed(List<Wave> waves, boolean alpha, boolean landscape, int shorter) {
        Wave l = waves.get(0);
        Wave p = waves.get(1);
        Wave q = waves.get(2);
        int numbers = waves.stream().mapToInt(wave -> wave.changes().size()).sum();
        int start = alpha ? 6 : 5;
        byte[] hash = new byte[start + (numbers + 1) / 2];
        long head = Math.round(63 * l.average())
                | (Math.round(31.5 + 31.5 * p.average()) << 6)
                | (Math.round(31.5 + 31.5 * q.average()) << 12)
                | (Math.round(31 * l.range()) << 18)
                | (alpha ? 1L << 23 : 0L);
        long rest = shorter
                | (Math.round(63 * p.range()) << 3)
                | (Math.round(63 * q.range()) << 9)
                | (landscape ? 1L << 15 : 0L);
        for (int i = 0; i < 3; i++) {
            hash[i] = (byte) (head >> (8 * i));
        }
        hash[3] = (byte) rest;
        hash[4] = (byte) (rest >> 8);
        if (alpha) {
            hash[5] = (byte) (Math.round(15 * waves.get(3).average())
                    | (Math.round(15 * waves.get(3).range()) << 4));
        }
        int at = 0;
        for (Wave wave : waves) {
            for (double change : wave.changes()) {
                hash[start + at / 2] |= (byte) (Math.round(15 * change) << (4 * (at % 2)));
                at++;
            }
        }
        return Base64.getEncoder().encodeToString(hash);
    }

    /**
     * A plane as cosines.
     *
     * @param average of the plane
     * @param range largest of the other cosines
     * @param changes the other cosines, 0-1 within the range
     */
    private record Wave(double average, double range, List<Double> changes) {
        static Wave of(Thumbnail picture, double[] plane, int across, int down) {
            List<Double> found = new ArrayList<>();
            for (int j = 0; j < down; j++) {
                for (int i = 0; i * down < across * (down - j); i++) {
                    found.add(cosine(picture, plane, i, j));
                }
            }
            double average = found.removeFirst();
            double range = found.stream().mapToDouble(Math::abs).max().orElse(0);
            return new Wave(
                    average,
                    range,
                    found.stream()
                            .map(value -> range > 0 ? 0.5 + 0.5 / range * value : value)
                            .toList());
        }

        private static double cosine(Thumbnail picture, double[] plane, int i, int j) {
            double sum = 0;
            for (int y = 0; y < picture.height(); y++) {
                double vertical = Math.cos(Math.PI / picture.height() * j * (y + 0.5));
                for (int x = 0; x < picture.width(); x++) {
                    double horizontal = Math.cos(Math.PI / picture.width() * i * (x + 0.5));
                    sum += plane[x + y * picture.width()] * horizontal * vertical;
                }
            }
            return sum / picture.pixels();
        }
    }
}
