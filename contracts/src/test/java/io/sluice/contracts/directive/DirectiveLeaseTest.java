package io.sluice.contracts.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.DirectiveLease.Offer;
import io.sluice.contracts.image.ImageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What every receiver can rely on, whatever the order and the times at which things reach it. */
class DirectiveLeaseTest {
    private static final int LEASE_SECONDS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    @Property(tries = 300)
    void in_silence_a_level_never_rises_and_is_normal_one_lease_for_each_level_later(
            @ForAll @DoubleRange(min = 0, max = 4) double egress,
            @ForAll @DoubleRange(min = 0, max = 4) double origin,
            @ForAll Directive.OnExpiry onExpiry,
            @ForAll @Size(min = 2, max = 30) List<@LongRange(min = 0, max = 80) Long> seconds) {
        DirectiveLease lease = new DirectiveLease(directive(1, 1, "h", egress, origin, onExpiry), 0);
        Axes last = lease.at(0).axes();
        for (long second : seconds.stream().sorted().toList()) {
            Axes now = lease.at(second * SECOND).axes();
            assertThat(now.egress()).isLessThanOrEqualTo(last.egress());
            assertThat(now.origin()).isLessThanOrEqualTo(last.origin());
            last = now;
        }
        boolean held = onExpiry == Directive.OnExpiry.HOLD;
        assertThat(lease.at((Directive.MAX_LEVEL + 1L) * LEASE_SECONDS * SECOND).normal())
                .isEqualTo(!held || (egress == 0 && origin == 0));
    }

    @Property(tries = 300)
    void only_a_heartbeat_of_an_epoch_not_below_renews(
            @ForAll @IntRange(min = 1, max = 5) int epoch,
            @ForAll @IntRange(min = 0, max = 9) int beating,
            @ForAll @LongRange(min = 0, max = 100) long second) {
        DirectiveLease lease = new DirectiveLease(directive(epoch, 1, "h", 3, 0, Directive.OnExpiry.DECAY), 0);
        DirectiveLease after = lease.heartbeat(beating, second * SECOND);
        assertThat(after.renewedNanos()).isEqualTo(beating >= epoch ? second * SECOND : 0);
        assertThat(after.directive()).isEqualTo(lease.directive());
    }

    /** Epochs and generations in any order, with repetitions: only the newest counts, and taking it twice changes nothing. */
    @Property(tries = 300)
    void what_is_held_is_the_newest_in_any_order_and_however_often_it_comes(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 11, max = 49) Integer> arrivals,
            @ForAll @IntRange(min = 0, max = 11) int turned) {
        List<Integer> other = new ArrayList<>(arrivals.subList(turned % arrivals.size(), arrivals.size()));
        other.addAll(arrivals);
        assertThat(heldAfter(arrivals)).isEqualTo(heldAfter(other));
    }

    @Property(tries = 200)
    void one_position_never_stands_for_two_contents(
            @ForAll @IntRange(min = 1, max = 5) int epoch, @ForAll @IntRange(min = 1, max = 9) int generation) {
        DirectiveLease lease =
                new DirectiveLease(directive(epoch, generation, "one", 1, 0, Directive.OnExpiry.DECAY), 0);
        assertThat(lease.judge(directive(epoch, generation, "two", 1, 0, Directive.OnExpiry.DECAY)))
                .isEqualTo(Offer.SPLIT_BRAIN);
        assertThat(lease.judge(directive(epoch, generation, "one", 1, 0, Directive.OnExpiry.DECAY)))
                .isEqualTo(Offer.REPEATED);
    }

    @Property(tries = 300)
    void whatever_is_in_force_nobody_is_served_more_than_was_asked_for(
            @ForAll @DoubleRange(min = 0, max = 4) double egress,
            @ForAll @IntRange(min = 1, max = 100) int quality,
            @ForAll @IntRange(min = 16, max = 4096) int side,
            @ForAll @LongRange(min = 0, max = 80) long second) {
        DirectiveLease lease = new DirectiveLease(directive(1, 1, "h", egress, 0, Directive.OnExpiry.DECAY), 0);
        for (String key : KEYS) {
            LevelCaps caps = lease.at(second * SECOND).capsOf(key);
            for (ImageFormat format : ImageFormat.values()) {
                assertThat(caps.quality(format, quality)).isBetween(1, quality);
            }
            assertThat(caps.dimension(side)).isLessThanOrEqualTo(side);
            assertThat(lease.at(second * SECOND).levelOf(key))
                    .isLessThanOrEqualTo(lease.at(0).levelOf(key));
        }
    }

    private static Directive heldAfter(List<Integer> arrivals) {
        DirectiveLease held = null;
        for (int arrival : arrivals) {
            Directive offered =
                    directive(arrival / 10, arrival % 10 + 1, "h" + arrival, 1, 0, Directive.OnExpiry.DECAY);
            if (held == null || held.judge(offered) == Offer.TAKEN) {
                held = new DirectiveLease(offered, 0);
            }
        }
        return Objects.requireNonNull(held).directive();
    }

    private static Directive directive(
            long epoch, long generation, String hash, double egress, double origin, Directive.OnExpiry onExpiry) {
        SortedMap<Integer, LevelCaps> levels = new TreeMap<>();
        for (int level = 1; level <= Directive.MAX_LEVEL; level++) {
            int cap = 70 - 10 * level;
            levels.put(
                    level,
                    new LevelCaps(Map.of("avif", cap, "webp", cap, "jpeg", cap), List.of(), 4096 >> level, null));
        }
        return new Directive(
                "id",
                Directive.GLOBAL,
                epoch,
                generation,
                hash,
                Instant.EPOCH,
                LEASE_SECONDS,
                null,
                onExpiry,
                List.of("image-worker"),
                new Axes(egress, origin, 0, 0),
                Mix.of(egress, 0.01, "s"),
                levels,
                null,
                null,
                List.of(),
                new Directive.Reason("TEST", "test", Map.of()),
                new Directive.Actor("CONTROLLER", "test"),
                null);
    }
}
