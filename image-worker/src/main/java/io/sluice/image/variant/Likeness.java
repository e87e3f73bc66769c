package io.sluice.image.variant;

/**
 * How alike two pictures are: structural similarity of luma (Wang, Bovik, Sheikh, Simoncelli 2004) in windows of 8 x 8 pixels,
 * half overlapping, at three scales, each half of the one before; the mean of the scales weighted 4 : 2 : 1, so that fine
 * detail decides. 1 is equal. This is what {@code qssimNNN} in an address counts, in thousandths. Pure.
 */
final class Likeness {
    private static final int WINDOW = 8;
    private static final int STEP = 4;
    private static final double[] WEIGHTS = {4, 2, 1};
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private Likeness() {}

    /** @param one luma, one byte each, row by row; {@code other} has the same size */
    static double of(byte[] one, byte[] other, int width) {
        if (one.length != other.length || width < 1 || one.length % width != 0) {
            throw new IllegalArgumentException("both pictures must have the same size");
        }
        double sum = 0;
        double weights = 0;
        byte[] a = one;
        byte[] b = other;
        int columns = width;
        for (double weight : WEIGHTS) {
            int rows = columns == 0 ? 0 : a.length / columns;
            if (weights > 0 && (columns < WINDOW || rows < WINDOW)) {
                break; // too small to look at from further away
            }
            sum += weight * scale(a, b, columns, rows);
            weights += weight;
            a = halved(a, columns, rows);
            b = halved(b, columns, rows);
            columns /= 2;
        }
        return sum / weights;
    }

    private static double scale(byte[] a, byte[] b, int width, int height) {
        int side = Math.min(WINDOW, Math.min(width, height));
        double sum = 0;
        int windows = 0;
        for (int y = 0; y + side <= height; y += STEP) {
            for (int x = 0; x + side <= width; x += STEP) {
                sum += window(a, b, y * width + x, width, side);
                windows++;
            }
        }
        return sum / windows;
    }

    private static double window(byte[] a, byte[] b, int from, int width, int side) {
        long sumA = 0;
        long sumB = 0;
        long squares = 0;
        long cross = 0;
        for (int y = 0; y < side; y++) {
            int at = from + y * width;
            for (int x = 0; x < side; x++, at++) {
                int pa = a[at] & 0xff;
                int pb = b[at] & 0xff;
                sumA += pa;
                sumB += pb;
                squares += (long) pa * pa + (long) pb * pb;
                cross += (long) pa * pb;
            }
        }
        double n = (double) side * side;
        double meanA = sumA / n;
        double meanB = sumB / n;
        double variances = squares / n - meanA * meanA - meanB * meanB;
        double covariance = cross / n - meanA * meanB;
        return (2 * meanA * meanB + C1)
                * (2 * covariance + C2)
                / ((meanA * meanA + meanB * meanB + C1) * (variances + C2));
    }

    /** Each 2 x 2 pixels become one. */
    private static byte[] halved(byte[] picture, int width, int height) {
        int columns = width / 2;
        int rows = height / 2;
        byte[] half = new byte[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int at = 2 * y * width + 2 * x;
                int sum = (picture[at] & 0xff)
                        + (picture[at + 1] & 0xff)
                        + (picture[at + width] & 0xff)
                        + (picture[at + width + 1] & 0xff);
                half[y * columns + x] = (byte) ((sum + 2) / 4);
            }
        }
        return half;
    }
}
