package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SizeSearchTest {
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void tries_once_what_keeps_to_the_size() {
        assertThat(best(80, 100_000)).isEqualTo(80);
        assertThat(tried).containsExactly(80);
    }

    @Test
    void comes_near_the_size_from_below() {
        int quality = best(80, 30_000);

        assertThat(bytes(quality)).isBetween(27_000L, 30_000L);
    }

    @Test
    void takes_the_smallest_when_none_keeps_to_it() {
        assertThat(best(80, 1_000)).isEqualTo(SizeSearch.LEAST);
        assertThat(tried).hasSizeLessThanOrEqualTo(3);
        tried.clear();
        assertThat(best(5, 1_000)).as("lower was asked for").isEqualTo(5);
    }

    @Test
    void is_bounded_and_never_above_what_is_allowed() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            int highest = random.nextInt(1, 101);
            int most = random.nextInt(1_000, 200_000);
            tried.clear();
            int quality = best(highest, most);

            assertThat(tried).hasSizeLessThanOrEqualTo(SizeSearch.TRIALS).allMatch(each -> each <= highest);
            assertThat(bytes(quality) <= most || quality == Math.min(highest, SizeSearch.LEAST))
                    .isTrue();
            assertThat(tried.stream().filter(each -> bytes(each) <= most && each > quality))
                    .isEmpty();
        }
    }

    private int best(int highest, long most) {
        return SizeSearch.best(
                highest,
                most,
                quality -> {
                    tried.add(quality);
                    return quality;
                },
                SizeSearchTest::bytes);
    }

    /** Doubles each 30 steps, with a bend at the top, as encoders do. */
    private static long bytes(int quality) {
        return Math.round(10_000 * Math.pow(2, quality / 30.0) * (quality > 85 ? quality / 85.0 : 1));
    }
}
