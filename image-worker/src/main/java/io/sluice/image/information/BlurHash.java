package io.sluice.image.information;

import io.sluice.image.variant.Thumbnail;

/**
 * The placeholder of <a href="https://github.com/woltapp/blurhash/blob/master/Algorithm.md">BlurHash</a> with 4 x 3 components:
 * 28 characters. What is see-through counts as white. Pure.
 */
final class BlurHash {
    private static final int ACROSS = 4;
    private static final int DOWN = 3;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private BlurHash() {}

    static String of(Thumbnail picture) {
        double[][] components = components(picture);
        StringBuilder hash = new StringBuilder(28);
        digits(hash, ACROSS - 1 + (DOWN - 1) * 9, 1);
        double largest = largest(components);
        int range = (int) Math.clamp(Math.floor(largest * 166 - 0.5), 0, 82);
        digits(hash, range, 1);
        double[] average = components[0];
        digits(hash, (fromLinear(average[0]) * 256 + fromLinear(average[1])) * 256 + fromLinear(average[2]), 4);
        for (int i = 1; i < components.length; i++) {
            digits(hash, wave(components[i], (range + 1) / 166.0), 2);
        }
        return hash.toString();
    }

    private static double[][] components(Thumbnail picture) {
        double[][] linear = linear(picture);
        double[][] components = new double[ACROSS * DOWN][3];
        for (int j = 0; j < DOWN; j++) {
            for (int i = 0; i < ACROSS; i++) {
                component(picture, linear, i, j, components[j * ACROSS + i]);
            }
        }
        return components;
    }

    private static void component(Thumbnail picture, double[][] linear, int i, int j, double[] sum) {
        double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / picture.pixels();
        for (int pixel = 0; pixel < picture.pixels(); pixel++) {
            int x = pixel % picture.width();
            int y = pixel / picture.width();
            double basis = Math.cos(Math.PI * i * x / picture.width()) * Math.cos(Math.PI * j * y / picture.height());
            for (int channel = 0; channel < 3; channel++) {
                sum[channel] += basis * scale * linear[pixel][channel];
            }
        }
    }

    private static double[][] linear(Thumbnail picture) {
        double[][] linear = new double[picture.pixels()][3];
        for (int pixel = 0; pixel < linear.length; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                double value = picture.onWhite(pixel, channel) / 255;
                linear[pixel][channel] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
            }
        }
        return linear;
    }

    /** By its absolute value, as in the authors' C code; their JavaScript forgets the sign and cuts negative waves off. */
    private static double largest(double[][] components) {
        double largest = 0;
        for (int i = 1; i < components.length; i++) {
            for (double value : components[i]) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    private static int wave(double[] component, double largest) {
        int number = 0;
        for (double value : component) {
            double root = Math.copySign(Math.sqrt(Math.abs(value / largest)), value);
            number = number * 19 + (int) Math.clamp(Math.floor(root * 9 + 9.5), 0, 18);
        }
        return number;
    }

    private static int fromLinear(double linear) {
        double value = Math.clamp(linear, 0.0, 1.0);
        double encoded = value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
        return (int) (encoded * 255 + 0.5);
    }

    private static void digits(StringBuilder hash, int number, int length) {
        for (int power = (int) Math.pow(83, length - 1); power > 0; power /= 83) {
            hash.append(DIGITS.charAt(number / power % 83));
        }
    }
}
