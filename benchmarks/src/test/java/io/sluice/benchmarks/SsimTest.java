package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsimTest {
    private static final int WIDTH = 40;

    @Test
    void a_picture_is_equal_to_itself() {
        assertThat(Ssim.of(noise(1, 60), noise(1, 60), WIDTH)).isEqualTo(1, within(1e-9));
    }

    @Test
    void two_flat_pictures_differ_by_their_means_alone() {
        double[] dark = flat(100);
        double[] bright = flat(150);
        double c1 = 2.55 * 2.55;
        double expected = (2 * 100.0 * 150 + c1) / (100.0 * 100 + 150 * 150 + c1);
        assertThat(Ssim.of(dark, bright, WIDTH)).isEqualTo(expected, within(1e-9));
    }

    @Test
    void unrelated_noise_is_unlike_and_more_noise_is_less_like() {
        double[] picture = noise(1, 60);
        assertThat(Ssim.of(picture, noise(2, 60), WIDTH)).isLessThan(0.2);
        assertThat(Ssim.of(picture, plus(picture, noise(3, 5)), WIDTH))
                .isGreaterThan(Ssim.of(picture, plus(picture, noise(3, 20)), WIDTH));
    }

    @Test
    void luma_weighs_green_most() {
        byte[] pixels = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255};
        assertThat(Ssim.luma(pixels)).containsExactly(new double[] {76.245, 149.685, 29.07}, within(1e-9));
    }

    private static double[] flat(double value) {
        double[] picture = new double[WIDTH * WIDTH];
        Arrays.fill(picture, value);
        return picture;
    }

    private static double[] noise(long seed, double spread) {
        Random random = new Random(seed);
        return random.doubles(WIDTH * WIDTH, 128 - spread, 128 + spread).toArray();
    }

    private static double[] plus(double[] picture, double[] noise) {
        double[] sum = picture.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += noise[i] - 128;
        }
        return sum;
    }
}
