package io.sluice.benchmarks;

/**
 * Structural similarity of two pictures on luma (Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, 2004): Gaussian
 * window of 11 x 11 with sigma 1.5, K1 = 0.01, K2 = 0.03, mean over all places where the window fits. 1 is equal.
 */
final class Ssim {
    private static final int WINDOW = 11;
    private static final double[] KERNEL = kernel(1.5);
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private Ssim() {}

    /** Luma of BT.601, 0-255, of pixels of three bytes each. */
    static double[] luma(byte[] rgb) {
        double[] luma = new double[rgb.length / 3];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = 0.299 * (rgb[3 * i] & 0xff) + 0.587 * (rgb[3 * i + 1] & 0xff) + 0.114 * (rgb[3 * i + 2] & 0xff);
        }
        return luma;
    }

    /**
     * Compares.
     *
     * @param one luma, row by row
     * @param other luma of a picture of the same size
     * @param width of both, at least 11
     */
    static double of(double[] one, double[] other, int width) {
        int height = one.length / width;
        if (other.length != one.length || width < WINDOW || height < WINDOW) {
            throw new IllegalArgumentException("both pictures must have the same size of at least 11 x 11");
        }
        double[] meanOne = blur(one, width, height);
        double[] meanOther = blur(other, width, height);
        double[] squareOne = blur(product(one, one), width, height);
        double[] squareOther = blur(product(other, other), width, height);
        double[] cross = blur(product(one, other), width, height);
        double sum = 0;
        for (int i = 0; i < cross.length; i++) {
            double means = meanOne[i] * meanOther[i];
            double meanSquares = meanOne[i] * meanOne[i] + meanOther[i] * meanOther[i];
            double variances = squareOne[i] + squareOther[i] - meanSquares;
            sum += (2 * means + C1) * (2 * (cross[i] - means) + C2) / ((meanSquares + C1) * (variances + C2));
        }
        return sum / cross.length;
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    /** Weighted means of all windows that fit: (width - 10) x (height - 10) of them. */
    private static double[] blur(double[] picture, int width, int height) {
        int columns = width - WINDOW + 1;
        double[] across = new double[columns * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    sum += KERNEL[k] * picture[y * width + x + k];
                }
                across[y * columns + x] = sum;
            }
        }
        double[] blurred = new double[columns * (height - WINDOW + 1)];
        for (int i = 0; i < blurred.length; i++) {
            double sum = 0;
            for (int k = 0; k < WINDOW; k++) {
                sum += KERNEL[k] * across[i + k * columns];
            }
            blurred[i] = sum;
        }
        return blurred;
    }

    private static double[] kernel(double sigma) {
        double[] kernel = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            int distance = i - WINDOW / 2;
            kernel[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
            sum += kernel[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }
}
