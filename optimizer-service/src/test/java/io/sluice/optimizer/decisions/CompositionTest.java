package io.sluice.optimizer.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.directives.DirectiveConfig;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.pacing.Pace;
import io.sluice.optimizer.policies.Axis;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Verdicts join to directives as a semilattice: order and repetition mean nothing, and no verdict can take another one back. */
class CompositionTest {
    private static final Composition COMPOSITION = new Composition(table(), config());

    @Property(tries = 150)
    void order_and_repetition_of_verdicts_mean_nothing(@ForAll("verdicts") List<Verdict> verdicts, @ForAll long seed) {
        List<Verdict> shuffled = new ArrayList<>(verdicts);
        shuffled.addAll(verdicts);
        Collections.shuffle(shuffled, new Random(seed));
        for (String scope : List.of(Directive.GLOBAL, "collection:a")) {
            assertThat(compose(scope, shuffled)).isEqualTo(compose(scope, verdicts));
        }
    }

    @Property(tries = 150)
    void verdicts_of_two_groups_join_to_the_larger_of_each_axis(
            @ForAll("verdicts") List<Verdict> some, @ForAll("verdicts") List<Verdict> others) {
        List<Verdict> all = new ArrayList<>(some);
        all.addAll(others);
        Axes one = compose(Directive.GLOBAL, some);
        Axes two = compose(Directive.GLOBAL, others);
        assertThat(compose(Directive.GLOBAL, all))
                .isEqualTo(new Axes(
                        Math.max(one.egress(), two.egress()),
                        Math.max(one.origin(), two.origin()),
                        Math.max(one.compute(), two.compute()),
                        Math.max(one.availability(), two.availability())));
    }

    @Property(tries = 150)
    void a_collection_is_never_below_what_is_global(@ForAll("verdicts") List<Verdict> verdicts) {
        Axes global = compose(Directive.GLOBAL, verdicts);
        Axes own = compose("collection:a", verdicts);
        assertThat(own.egress()).isGreaterThanOrEqualTo(global.egress());
        assertThat(own.origin()).isGreaterThanOrEqualTo(global.origin());
        assertThat(own.compute()).isGreaterThanOrEqualTo(global.compute());
        assertThat(own.availability()).isGreaterThanOrEqualTo(global.availability());
    }

    @Property(tries = 100)
    void the_same_state_has_the_same_content_hash_whatever_led_to_it(
            @ForAll("verdicts") List<Verdict> verdicts, @ForAll long seed) {
        List<Verdict> shuffled = new ArrayList<>(verdicts);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(COMPOSITION.compose(Directive.GLOBAL, shuffled, List.of()).hash())
                .isEqualTo(COMPOSITION
                        .compose(Directive.GLOBAL, verdicts, List.of())
                        .hash());
    }

    @Provide
    Arbitrary<List<Verdict>> verdicts() {
        return Combinators.combine(
                        Arbitraries.of(Axis.class),
                        Arbitraries.of(Directive.GLOBAL, "collection:a", "collection:b"),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 5))
                .as((axis, scope, tenths, signal) -> new Verdict(
                        "policy",
                        1,
                        "signal-" + signal,
                        scope,
                        axis,
                        Pace.NONE,
                        tenths / 10.0,
                        "test",
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null,
                        false))
                .list()
                .ofMaxSize(6);
    }

    private static Axes compose(String scope, List<Verdict> verdicts) {
        return COMPOSITION.compose(scope, verdicts, List.of()).axes();
    }

    private static DirectiveConfig config() {
        Map<String, String> needed =
                Map.of("sluice.optimizer.signing.kid", "k", "sluice.optimizer.signing.private-key", "-");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(DirectiveConfig.class)
                .withSources(new PropertiesConfigSource(needed, "test", 100))
                .build()
                .getConfigMapping(DirectiveConfig.class);
    }

    static LevelTable table() {
        try (InputStream file = CompositionTest.class.getResourceAsStream("/levels.json")) {
            return new ObjectMapper().readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
