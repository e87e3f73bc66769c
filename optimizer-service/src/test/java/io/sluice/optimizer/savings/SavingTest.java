package io.sluice.optimizer.savings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.optimizer.savings.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavingTest {
    @Test
    void a_ratio_of_means_and_its_interval_can_be_done_by_hand() {
        // Eight slices of 100 responses; means 90 and 110 by turns: 100 on average, variance of the mean 100 / 7.
        Slices held = alternating(8, 100, 9_000, 11_000);
        assertThat(held.mean()).isEqualTo(100);
        assertThat(held.variance()).isCloseTo(100.0 / 7, within(1e-9));
        Slices treated = alternating(8, 100, 7_000, 7_000);
        Saving saving = Saving.of(2, held, treated, 0.30);
        assertThat(saving.realised()).isCloseTo(0.30, within(1e-9));
        double margin = 2.365 * 0.7 * Math.sqrt(100.0 / 7 / 10_000);
        assertThat(saving.low()).isCloseTo(0.30 - margin, within(1e-9));
        assertThat(saving.high()).isCloseTo(0.30 + margin, within(1e-9));
        assertThat(saving.agrees()).isTrue();
        assertThat(Saving.of(1, held, treated, 0.17).agrees()).isFalse();
    }

    @Test
    void few_samples_are_told_and_no_interval_is_made_up() {
        Saving few = Saving.of(1, alternating(8, 12, 900, 1100), alternating(16, 1000, 80_000, 80_000), 0.17);
        assertThat(few.realised()).isNotNull();
        assertThat(few.low()).isNull();
        assertThat(few.agrees()).isNull();
        assertThat(few.note()).contains("96 responses of 8 slices held back");
        assertThat(Saving.of(1, alternating(7, 1000, 9, 11), alternating(16, 1000, 8, 8), 0.17)
                        .low())
                .isNull();
        assertThat(Saving.of(1, new Slices(List.of()), alternating(16, 1000, 8, 8), 0.17)
                        .realised())
                .isNull();
        assertThat(Saving.of(1, alternating(16, 1000, 0, 0), alternating(16, 1000, 8, 8), 0.17)
                        .realised())
                .isNull();
    }

    /** Keys of very different sizes, 1 % held back; of 200 trials about 190 must cover the truth. */
    @Test
    void intervals_cover_the_true_saving_about_as_often_as_they_say() {
        Random random = new Random(7);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++) {
            Saving saving = Saving.of(2, keys(random, 400, 1), keys(random, 4_000, 0.7), 0.30);
            covered += Boolean.TRUE.equals(saving.agrees()) ? 1 : 0;
        }
        assertThat(covered).isBetween(180, 199);
    }

    private static Slices keys(Random random, int count, double factor) {
        long[] responses = new long[16];
        double[] bytes = new double[16];
        for (int key = 0; key < count; key++) {
            int slice = random.nextInt(16);
            int asked = 1 + random.nextInt(20);
            responses[slice] += asked;
            bytes[slice] += asked * factor * 50_000 * Math.exp(random.nextGaussian());
        }
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            slices.add(new Slice(responses[i], bytes[i]));
        }
        return new Slices(slices);
    }

    private static Slices alternating(int count, long responses, double bytes, double otherBytes) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slices.add(new Slice(responses, i % 2 == 0 ? bytes : otherBytes));
        }
        return new Slices(slices);
    }
}
