package io.sluice.optimizer.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeversTest {
    private static final LevelTable TABLE = table();

    @Test
    void the_table_is_what_was_measured() {
        assertThat(TABLE.egressLadder().saved()).containsExactly(0.17, 0.30, 0.41, 0.54);
        assertThat(TABLE.egressLost()).containsExactly(5.0, 9.5, 15.0, 25.0);
        assertThat(TABLE.originLadder().saved()).containsExactly(0.31, 0.56, 0.74, 0.90);
        assertThat(TABLE.egress().getFirst().caps().quality()).containsEntry("avif", 55);
    }

    @Test
    void a_table_of_another_height_is_refused() {
        assertThatThrownBy(() -> new LevelTable(List.of(), TABLE.origin(), TABLE.compute(), TABLE.availability()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void a_level_never_serves_more_than_was_asked_for_nor_more_than_the_level_below(
            @ForAll @IntRange(min = 1, max = 4) int level, @ForAll @IntRange(min = 1, max = 100) int asked) {
        LevelCaps below =
                level == 1 ? LevelCaps.NONE : TABLE.egress().get(level - 2).caps();
        LevelCaps caps = TABLE.egress().get(level - 1).caps();
        for (ImageFormat format : ImageFormat.values()) {
            assertThat(caps.quality(format, asked)).isLessThanOrEqualTo(asked);
            assertThat(caps.quality(format, asked)).isLessThanOrEqualTo(below.quality(format, asked));
        }
    }

    @Property
    void more_of_an_axis_never_loosens_a_lever(
            @ForAll @DoubleRange(min = 0, max = 4) double less,
            @ForAll @DoubleRange(min = 0, max = 4) double more,
            @ForAll @DoubleRange(min = 0, max = 4) double compute) {
        Levers loose = Levers.of(new Axes(0, Math.min(less, more), compute, 0), TABLE);
        Levers strict = Levers.of(new Axes(0, Math.max(less, more), compute, 0), TABLE);
        assertThat(strict.cache() == null ? 1 : strict.cache().ttlMultiplier())
                .isGreaterThanOrEqualTo(
                        loose.cache() == null ? 1 : loose.cache().ttlMultiplier());
        assertThat(
                        strict.throttle() == null
                                ? Double.MAX_VALUE
                                : strict.throttle().rps())
                .isLessThanOrEqualTo(
                        loose.throttle() == null
                                ? Double.MAX_VALUE
                                : loose.throttle().rps());
    }

    @Property
    void a_saving_and_its_level_are_two_names_of_one_thing(@ForAll @DoubleRange(min = 0, max = 0.54) double saving) {
        Ladder ladder = TABLE.egressLadder();
        assertThat(ladder.savingAt(ladder.levelFor(saving))).isCloseTo(saving, within(1e-9));
    }

    private static LevelTable table() {
        try (InputStream file = LevelTable.class.getResourceAsStream("/levels.json")) {
            return new ObjectMapper().readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
