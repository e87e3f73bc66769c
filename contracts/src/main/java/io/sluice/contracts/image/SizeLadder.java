package io.sluice.contracts.image;

/** The sizes a side may have in an address, in pixels: few enough that caches are shared, dense enough that little is wasted. */
public final class SizeLadder {
    private static final int[] STEPS = {
        16, 32, 64, 96, 128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1600, 2048, 2560, 3072, 4096
    };

    /** The largest side that is ever made, in pixels. */
    public static final int MAX = 4096;

    private SizeLadder() {}

    /**
     * The smallest step that is not below {@code pixels}; {@value #MAX} when all are.
     *
     * @throws IllegalArgumentException when {@code pixels} is below 1
     */
    public static int snapUp(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("a side must be at least 1 pixel, was " + pixels);
        }
        for (int step : STEPS) {
            if (step >= pixels) {
                return step;
            }
        }
        return MAX;
    }

    /** The largest step that is not above {@code pixels}; the smallest step when all are. */
    public static int snapDown(int pixels) {
        int below = STEPS[0];
        for (int step : STEPS) {
            if (step <= pixels) {
                below = step;
            }
        }
        return below;
    }

    /** Whether {@code pixels} is one of the steps. */
    public static boolean has(int pixels) {
        for (int step : STEPS) {
            if (step == pixels) {
                return true;
            }
        }
        return false;
    }

    /** All steps, ascending; a copy. */
    public static int[] steps() {
        return STEPS.clone();
    }
}
