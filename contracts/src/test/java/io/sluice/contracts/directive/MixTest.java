package io.sluice.contracts.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MixTest {
    private static final List<String> KEYS = keys(4000);

    /** The vectors were made by a program of another language; gateway and worker both rest on them. */
    @Test
    void agrees_with_the_committed_vectors() throws IOException {
        JsonNode vectors = new ObjectMapper()
                .readTree(Path.of("samples", "key-levels.json").toFile());
        assertThat(vectors).hasSizeGreaterThan(200);
        for (JsonNode row : vectors) {
            Mix mix = new Mix(
                    row.get("lower").asInt(),
                    row.get("upper").asInt(),
                    row.get("upperFraction").asDouble(),
                    row.get("holdbackFraction").asDouble(),
                    row.get("salt").asText());
            assertThat(mix.levelOf(row.get("oid").asText()))
                    .as(row.toString())
                    .isEqualTo(row.get("level").asInt());
        }
    }

    @Property(tries = 40)
    void a_growing_share_only_adds_keys(
            @ForAll @IntRange(min = 0, max = 3) int lower,
            @ForAll @DoubleRange(min = 0, max = 0.99) double level,
            @ForAll @DoubleRange(min = 0, max = 0.99) double other) {
        Mix less = Mix.of(lower + Math.min(level, other), 0.01, "salt");
        Mix more = Mix.of(lower + Math.max(level, other), 0.01, "salt");
        assertThat(KEYS).allSatisfy(key -> assertThat(more.levelOf(key)).isGreaterThanOrEqualTo(less.levelOf(key)));
    }

    @Property(tries = 40)
    void the_same_keys_are_held_back_at_every_level(@ForAll @DoubleRange(min = 1, max = 4) double level) {
        List<String> heldBack = KEYS.stream()
                .filter(key -> Mix.of(1, 0.05, "s").levelOf(key) == 0)
                .toList();
        assertThat(heldBack).hasSizeBetween(140, 260);
        assertThat(KEYS.stream().filter(key -> Mix.of(level, 0.05, "s").levelOf(key) == 0))
                .isEqualTo(heldBack);
    }

    @Property(tries = 40)
    void the_share_of_keys_is_the_fraction(@ForAll @DoubleRange(min = 0, max = 1) double share) {
        Mix mix = new Mix(1, 2, share, 0, "salt");
        long upper = KEYS.stream().filter(key -> mix.levelOf(key) == 2).count();
        double sigma = Math.sqrt(share * (1 - share) / KEYS.size());
        assertThat((double) upper / KEYS.size()).isCloseTo(share, within(4 * sigma + 0.001));
    }

    private static List<String> keys(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] oid = new byte[32];
                    random.nextBytes(oid);
                    return HexFormat.of().formatHex(oid);
                })
                .toList();
    }

    @Test
    void slices_are_even_and_tell_nothing_of_level_or_hold_back() {
        Mix mix = Mix.of(1.5, 0.1, "salt");
        int[] all = new int[Mix.SLICES];
        int[] held = new int[Mix.SLICES];
        int[] upper = new int[Mix.SLICES];
        for (int key = 0; key < 32_000; key++) {
            Mix.Place place = mix.placeOf("oid-" + key);
            assertThat(place.level()).isEqualTo(mix.levelOf("oid-" + key));
            all[place.slice()]++;
            held[place.slice()] += place.heldBack() ? 1 : 0;
            upper[place.slice()] += place.level() == 2 ? 1 : 0;
        }
        for (int slice = 0; slice < Mix.SLICES; slice++) {
            assertThat(all[slice]).isBetween(1_750, 2_250);
            assertThat(held[slice]).isBetween(130, 270);
            assertThat(upper[slice]).isBetween(750, 1_050);
        }
    }
}
