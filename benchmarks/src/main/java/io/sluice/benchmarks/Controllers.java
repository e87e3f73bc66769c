package io.sluice.benchmarks;

import io.sluice.optimizer.pacing.HorizonPacing;
import io.sluice.optimizer.pacing.PacerState;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.optimizer.pacing.Reading;
import io.sluice.optimizer.pacing.Tempo;
import io.sluice.optimizer.replays.Outcome;
import io.sluice.optimizer.replays.Replay;
import io.sluice.optimizer.replays.Steering;
import io.sluice.optimizer.replays.Steering.Order;
import java.time.Duration;
import java.util.TreeMap;

/** Who steers a made-up month: ours, as it runs in optimizer-service, and what others do. */
final class Controllers {
    private static final double MOST = Month.LADDER.most();

    private Controllers() {}

    /** The production pacer. */
    static Steering ours(Month month) {
        HorizonPacing pacing = new HorizonPacing(PacingRule.DEFAULT, Tempo.DEFAULT, MOST);
        PacerState[] state = {PacerState.seeded(month.believed(), Month.START, 1, 0)};
        return reading -> {
            HorizonPacing.Step step = pacing.decide(state[0], reading);
            state[0] = step.state();
            return new Order(step.pace().saving(), step.state().allowed());
        };
    }

    /** Nothing, whatever happens. */
    static Steering none() {
        return reading -> Order.NOTHING;
    }

    /** Level 1 from 70 % used, 2 from 80, 3 from 90, 4 from 95: what alerts on percentages come to. */
    static Steering thresholdLadder() {
        Counted counted = new Counted();
        return reading -> {
            double used = counted.used(reading);
            return level(used >= 0.95 ? 4 : used >= 0.90 ? 3 : used >= 0.80 ? 2 : used >= 0.70 ? 1 : 0);
        };
    }

    /** A level for each 10 % by which use is ahead of the calendar. */
    static Steering paceLadder() {
        Counted counted = new Counted();
        return reading -> {
            double pace = counted.used(reading) / Math.max(1.0 / 30, elapsed(reading));
            return level(pace > 1.3 ? 4 : pace > 1.2 ? 3 : pace > 1.1 ? 2 : pace > 1 ? 1 : 0);
        };
    }

    /** PID on how far use is ahead of the calendar; gains by search on seeds 0-299. */
    static Steering pid() {
        Counted counted = new Counted();
        double[] memory = {0, 0};
        return reading -> {
            double error = counted.used(reading) - elapsed(reading);
            double slope = (error - memory[1]) * 96;
            memory[1] = error;
            memory[0] = Math.clamp(memory[0] + error / 96, 0, MOST);
            return new Order(quantized(Math.clamp(4 * error + memory[0] + slope, 0, MOST)), 1);
        };
    }

    /** PI on the rate of use against the rate that would be right, as advertising paces budgets, with a dead band. */
    static Steering pi(Month month) {
        Counted counted = new Counted();
        double[] memory = {0, 0};
        return reading -> {
            double left = Math.max(1e-9, 1 - counted.used(reading));
            var week = month.believed().week();
            double hours = week.between(reading.at(), reading.periodEnd());
            double lastHour = week.between(reading.at().minus(Duration.ofHours(1)), reading.at());
            double error = Math.clamp(counted.lastHour(reading) / lastHour / (left / Math.max(1e-9, hours)) - 1, -1, 3);
            memory[0] = Math.clamp(memory[0] + 0.02 * error / 4, 0, MOST);
            double wanted = Math.clamp(0.05 * error + memory[0], 0, MOST);
            if (Math.abs(wanted - memory[1]) >= 0.03 || wanted == 0 || wanted == MOST) {
                memory[1] = wanted;
            }
            return new Order(memory[1], 1);
        };
    }

    /** The constant saving that would have been best, known only afterwards. */
    static Outcome hindsight(Month month) {
        Outcome best = null;
        for (int percent = 0; percent <= Math.round(MOST * 100); percent++) {
            Order order = new Order(percent / 100.0, 1);
            Outcome outcome = replay(month, reading -> order);
            if (best == null || outcome.lost() < best.lost()) {
                best = outcome;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    /**
     * Whoever knows exactly how what has begun goes on, but not what is still to begin: the best any forecast could do.
     */
    static Steering foresight(Month month) {
        int[] known = {-1};
        double[][] toCome = {{}};
        double[] spent = {0};
        return reading -> {
            int step =
                    (int) Duration.between(reading.periodStart(), reading.at()).dividedBy(Month.STEP);
            int begun = (int) month.events().stream()
                    .filter(event -> event.from() < step + 1)
                    .count();
            if (begun != known[0]) {
                known[0] = begun;
                toCome[0] = suffixes(month.foreseen(step + 1));
            }
            spent[0] = reading.metered() / month.plant().meterBias();
            double needed = (1 - (1 - spent[0]) / Math.max(1e-12, toCome[0][step]))
                    / month.plant().effectiveness();
            return new Order(Math.clamp(needed, 0, MOST), 1);
        };
    }

    private static double[] suffixes(double[] demand) {
        double[] sums = demand.clone();
        for (int k = sums.length - 2; k >= 0; k--) {
            sums[k] += sums[k + 1];
        }
        return sums;
    }

    static Outcome replay(Month month, Steering steering) {
        return new Replay(month.plant(), 1, Month.START, Month.STEP).run(month.demand(), steering);
    }

    private static Order level(int level) {
        return new Order(Month.LADDER.savingAt(level), 1);
    }

    private static double quantized(double saving) {
        return Math.round(saving * 50) / 50.0;
    }

    private static double elapsed(Reading reading) {
        return Duration.between(reading.periodStart(), reading.at()).toMinutes()
                / (double) Duration.between(reading.periodStart(), reading.periodEnd())
                        .toMinutes();
    }

    /** Reported use and what the meter has counted since, taken as it is. */
    private static final class Counted {
        private final TreeMap<java.time.Instant, Double> metered = new TreeMap<>();

        double used(Reading reading) {
            metered.put(reading.at(), reading.metered());
            return reading.reported() + reading.metered() - at(reading.reportedAt());
        }

        double lastHour(Reading reading) {
            return reading.metered() - at(reading.at().minus(Duration.ofHours(1)));
        }

        private double at(java.time.Instant moment) {
            var entry = metered.floorEntry(moment);
            return entry == null ? 0 : entry.getValue();
        }
    }
}
