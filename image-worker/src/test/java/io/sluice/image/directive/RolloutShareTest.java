package io.sluice.image.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.Directive.Rollout;
import org.junit.jupiter.api.Test;

class RolloutShareTest {
    @Test
    void grows_by_adding_workers_and_never_takes_one_away() {
        int before = 0;
        for (double fraction : new double[] {0, 0.1, 0.5, 1}) {
            int acting = 0;
            for (int worker = 0; worker < 1_000; worker++) {
                boolean now = RolloutShare.includes(new Rollout("STEP", fraction, "w", null), "image-worker-" + worker);
                boolean less =
                        RolloutShare.includes(new Rollout("STEP", fraction / 2, "w", null), "image-worker-" + worker);
                assertThat(now || !less).isTrue();
                acting += now ? 1 : 0;
            }
            assertThat(acting / 1_000.0).isBetween(fraction - 0.05, fraction + 0.05);
            assertThat(acting).isGreaterThanOrEqualTo(before);
            before = acting;
        }
        assertThat(RolloutShare.includes(null, "image-worker-0")).isTrue();
    }
}
