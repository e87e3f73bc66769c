package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final int SIDE = 64;

    @Test
    void is_one_for_equal_pictures_and_falls_with_noise() {
        byte[] picture = noisy(new byte[SIDE * SIDE], 100);
        assertThat(Likeness.of(picture, picture.clone(), SIDE)).isCloseTo(1, within(1e-9));
        double before = 1;
        for (int strength : new int[] {2, 8, 32, 96}) {
            double likeness = Likeness.of(picture, noisy(picture, strength), SIDE);
            assertThat(likeness).isLessThan(before);
            before = likeness;
        }
        assertThat(before).isLessThan(0.9);
    }

    @Test
    void compares_pictures_of_any_size() {
        for (int side : new int[] {1, 7, 8, 9, 33}) {
            byte[] picture = noisy(new byte[side * side], 100);
            assertThat(Likeness.of(picture, picture.clone(), side)).isCloseTo(1, within(1e-9));
        }
    }

    private static byte[] noisy(byte[] picture, int strength) {
        Random random = new Random(7);
        byte[] noisy = picture.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (byte) Math.clamp((noisy[i] & 0xff) + random.nextInt(2 * strength + 1) - strength, 0, 255);
        }
        return noisy;
    }
}
