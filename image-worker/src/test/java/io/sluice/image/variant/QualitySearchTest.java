package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualitySearchTest {
    @Test
    void finds_the_lowest_quality_with_at_most_four_trials_from_any_first_guess() {
        for (int first = 1; first <= 100; first += 9) {
            for (double wanted = 0.91; wanted < 0.99; wanted += 0.01) {
                List<Integer> tried = new ArrayList<>();
                int found = QualitySearch.lowest(first, wanted, quality -> {
                    tried.add(quality);
                    return curve(quality);
                });
                assertThat(tried).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
                assertThat(curve(found)).isGreaterThanOrEqualTo(wanted);
                assertThat(found == QualitySearch.LEAST || curve(found - 12) < wanted)
                        .as("%d of %s for %f", found, tried, wanted)
                        .isTrue();
            }
        }
    }

    @Test
    void stops_at_the_most_when_nothing_reaches_it_and_at_the_least_when_everything_does() {
        assertThat(QualitySearch.lowest(80, 0.999, quality -> 0.5)).isEqualTo(QualitySearch.MOST);
        assertThat(QualitySearch.lowest(40, 0.9, quality -> 0.99)).isLessThan(30);
    }

    /** As encoders behave: steep at first, flat later. */
    private static double curve(int quality) {
        return 1 - 0.12 * Math.exp(-Math.max(0, quality - 20) / 25.0);
    }
}
