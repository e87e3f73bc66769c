package io.sluice.optimizer.overrides;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.optimizer.overrides.LevelOverride.Kind;
import io.sluice.optimizer.policies.Axis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LevelOverrideTest {
    private static final List<Kind> KINDS = List.of(Kind.FLOOR, Kind.CEILING, Kind.PIN);

    @Test
    void a_floor_raises_a_ceiling_lowers_and_the_newest_pin_decides() {
        assertThat(LevelOverride.apply(1, List.of(set(Kind.FLOOR, 2, 1)))).isEqualTo(2);
        assertThat(LevelOverride.apply(3, List.of(set(Kind.FLOOR, 2, 1)))).isEqualTo(3);
        assertThat(LevelOverride.apply(3, List.of(set(Kind.CEILING, 1, 1)))).isEqualTo(1);
        assertThat(LevelOverride.apply(0, List.of(set(Kind.FLOOR, 3, 1), set(Kind.CEILING, 1, 2))))
                .isEqualTo(1);
        assertThat(LevelOverride.apply(3, List.of(set(Kind.PIN, 4, 1), set(Kind.PIN, 0.5, 2), set(Kind.FLOOR, 2, 3))))
                .isEqualTo(0.5);
    }

    @Test
    void the_order_of_overrides_means_nothing() {
        List<LevelOverride> all = new ArrayList<>(
                List.of(set(Kind.FLOOR, 2, 1), set(Kind.CEILING, 3, 2), set(Kind.PIN, 1, 3), set(Kind.PIN, 2, 4)));
        double level = LevelOverride.apply(0, all);
        Collections.reverse(all);
        assertThat(LevelOverride.apply(0, all)).isEqualTo(level);
    }

    @Property(tries = 200)
    void whatever_is_set_in_whatever_order_the_level_is_the_same_and_within_bounds(
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 119) Integer> drawn,
            @ForAll @DoubleRange(min = 0, max = 4) double automatic,
            @ForAll long seed) {
        List<LevelOverride> all = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            all.add(set(KINDS.get(drawn.get(i) % 3), drawn.get(i) / 3 / 10.0, i));
        }
        double level = LevelOverride.apply(automatic, all);
        List<LevelOverride> shuffled = new ArrayList<>(all);
        shuffled.addAll(all);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(LevelOverride.apply(automatic, shuffled)).isEqualTo(level);
        assertThat(level).isBetween(0.0, 4.0);
    }

    private static LevelOverride set(Kind kind, double level, long second) {
        Instant at = Instant.ofEpochSecond(second);
        return new LevelOverride(
                new UUID(0, second), "global", Axis.egress, kind, level, "test", "me", at, at.plusSeconds(60), false);
    }
}
