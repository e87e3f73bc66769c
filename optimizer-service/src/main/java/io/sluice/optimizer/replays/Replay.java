package io.sluice.optimizer.replays;

import io.sluice.optimizer.pacing.Reading;
import io.sluice.optimizer.replays.Steering.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs one period of demand through a plant, step by step, under whoever steers; deterministic. */
public final class Replay {
    private static final double REFUSED = 100;
    private static final double MOSTLY = 0.5;

    private final Plant plant;
    private final double limit;
    private final Instant start;
    private final Duration step;

    private double used;
    private double metered;
    private double adopted;
    private double demanded;
    private double qualityLost;
    private double failed;
    private double darkHours;
    private boolean ranOut;
    private int changes;
    private double rerenders;
    private Order order = Order.NOTHING;
    private final double[] hours;
    private final List<Double> usedAfter = new ArrayList<>();

    /**
     * @param limit of the period; infinite when there is none to keep
     * @param start of the period
     * @param step length of each stretch of demand
     */
    public Replay(Plant plant, double limit, Instant start, Duration step) {
        this.plant = plant;
        this.limit = limit;
        this.start = start;
        this.step = step;
        this.hours = new double[plant.lost().size() + 1];
    }

    /** Runs it once; {@code demand} at level 0 of each step, which fill the period. */
    public Outcome run(double[] demand, Steering steering) {
        Instant end = start.plus(step.multipliedBy(demand.length));
        for (int k = 0; k < demand.length; k++) {
            take(steering.next(reading(k, end)));
            serve(demand[k]);
        }
        double all = Math.max(demanded, Double.MIN_NORMAL);
        return new Outcome(
                used,
                demanded,
                (qualityLost + REFUSED * failed) / all,
                qualityLost / all,
                failed / all,
                ranOut,
                darkHours,
                changes,
                rerenders,
                java.util.Arrays.stream(hours).boxed().toList());
    }

    private Reading reading(int k, Instant end) {
        int seen = (int) Math.max(0, k - plant.reportLag().dividedBy(step));
        Instant reportedAt = start.plus(step.multipliedBy(seen));
        double reported = seen == 0 ? 0 : usedAfter.get(seen - 1);
        return new Reading(start.plus(step.multipliedBy(k)), limit, reported, reportedAt, metered, start, end);
    }

    private void take(Order next) {
        double before = plant.ladder().levelFor(order.saving());
        double after = plant.ladder().levelFor(next.saving());
        changes += before == after ? 0 : 1;
        rerenders += Math.abs(after - before);
        order = next;
        hours[(int) Math.ceil(after)] += hoursOfStep();
    }

    private void serve(double demand) {
        adopted += (order.saving() - adopted) * -Math.expm1(-hoursOfStep() / hours(plant.adoption()));
        double saving = Math.clamp(adopted * plant.effectiveness(), 0, 1);
        double bytes = demand * (1 - saving) * order.allowed();
        double room = Math.max(0, limit - used);
        double share = plant.hardStop() && bytes > room ? room / bytes : 1;
        double served = order.allowed() * share;
        ranOut |= share < 1;
        used += bytes * share;
        metered += bytes * share * plant.meterBias();
        usedAfter.add(used);
        demanded += demand;
        qualityLost += demand * served * plant.lostAt(plant.ladder().levelFor(adopted));
        failed += demand * (1 - served);
        darkHours += served < MOSTLY ? hoursOfStep() : 0;
    }

    private double hoursOfStep() {
        return hours(step);
    }

    private static double hours(Duration duration) {
        return Math.max(1e-9, duration.toMillis() / 3_600_000.0);
    }
}
