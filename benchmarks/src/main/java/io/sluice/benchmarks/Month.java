package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.optimizer.levels.Ladder;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.pacing.Demand;
import io.sluice.optimizer.pacing.HourOfWeek;
import io.sluice.optimizer.replays.Plant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up month of 30 days in steps of 15 minutes: a day and a week, correlated noise, bursts, now and then growth or decline, and
 * a controller that believes not quite the truth. The budget is 1.
 */
final class Month {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final Duration STEP = Duration.ofMinutes(15);
    static final int STEPS = 30 * 96;
    /** The level table that optimizer-service carries: measured savings and quality lost. */
    static final LevelTable TABLE = table();

    static final Ladder LADDER = TABLE.egressLadder();

    private static final double NOISE = 0.15;
    private static final double NOISE_KEPT = 0.9;

    private final double[] demand;
    private final Demand believed;
    private final Plant plant;
    private final List<Event> events;
    private final double[] base;

    /**
     * Something that happens.
     *
     * @param from first step
     * @param to behind its last
     * @param times as much demand
     * @param lasting a step in the level, no burst
     */
    record Event(int from, int to, double times, boolean lasting) {}

    /** How late things are known, and take effect. */
    record Lags(Duration report, Duration adoption) {}

    /** The month of a seed; the same one for every controller. */
    static Month of(long seed, Lags lags, boolean hardStop) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] week = week();
        double hourly = (0.70 + random.nextDouble() * 0.55) / 720;
        double[] base = base(week, hourly, random);
        List<Event> events = events(random);
        List<Double> believedWeek = new ArrayList<>();
        for (double weight : week) {
            believedWeek.add(weight * Math.max(0.2, 1 + 0.08 * random.nextGaussian()));
        }
        double believedHourly = hourly * (1 + 0.05 * random.nextGaussian());
        Plant plant = new Plant(
                LADDER,
                TABLE.egressLost(),
                Math.clamp(1 + 0.1 * random.nextGaussian(), 0.6, 1.4),
                lags.adoption(),
                lags.report(),
                1 + 0.03 * random.nextGaussian(),
                hardStop);
        return new Month(base, events, Demand.seeded(new HourOfWeek(believedWeek), believedHourly, START), plant);
    }

    private Month(double[] base, List<Event> events, Demand believed, Plant plant) {
        this.base = base;
        this.events = events;
        this.demand = apply(base, events, STEPS);
        this.believed = believed;
        this.plant = plant;
    }

    /** At level 0, of each step. */
    double[] demand() {
        return demand.clone();
    }

    /** Hour-of-week and level that a controller starts with. */
    Demand believed() {
        return believed;
    }

    /** What orders meet. */
    Plant plant() {
        return plant;
    }

    /** Bursts and steps in it. */
    List<Event> events() {
        return events;
    }

    double total() {
        return Arrays.stream(demand).sum();
    }

    /** The month as it would be if nothing happened that has not begun before this step. */
    double[] foreseen(int step) {
        return apply(base, events, step);
    }

    private static double[] base(double[] week, double hourly, SplittableRandom random) {
        double[] demand = new double[STEPS];
        double noise = NOISE * random.nextGaussian();
        for (int k = 0; k < STEPS; k++) {
            noise = NOISE_KEPT * noise + Math.sqrt(1 - NOISE_KEPT * NOISE_KEPT) * NOISE * random.nextGaussian();
            long hour = START.plus(STEP.multipliedBy(k)).getEpochSecond() / 3600;
            demand[k] = hourly / 4 * week[(int) (hour % 168)] * Math.exp(noise - NOISE * NOISE / 2);
        }
        return demand;
    }

    /** Nights at half, evenings at one and a half, weekends a fifth lower. */
    private static double[] week() {
        double[] week = new double[168];
        for (int hour = 0; hour < 168; hour++) {
            int day = hour / 24; // 0 is Thursday
            boolean weekend = day == 2 || day == 3;
            week[hour] = (1 + 0.5 * Math.sin(2 * Math.PI * (hour % 24 - 9) / 24)) * (weekend ? 0.8 : 1);
        }
        double mean = Arrays.stream(week).average().orElse(1);
        return Arrays.stream(week).map(weight -> weight / mean).toArray();
    }

    private static List<Event> events(SplittableRandom random) {
        List<Event> events = new ArrayList<>();
        int bursts = poisson(1.3, random);
        for (int i = 0; i < bursts; i++) {
            double times = 1.2 * Math.pow(10 / 1.2, Math.pow(random.nextDouble(), 1.5));
            double hours = Math.min(144, 18 * Math.exp(random.nextGaussian()));
            int from = random.nextInt(STEPS);
            events.add(new Event(from, from + (int) Math.ceil(hours * 4), times, false));
        }
        if (random.nextDouble() < 0.3) {
            events.add(new Event(random.nextInt(STEPS), STEPS, 0.7 + random.nextDouble() * 0.9, true));
        }
        return events;
    }

    /** Of bursts at the same time the larger counts; a step multiplies what comes after it. */
    private static double[] apply(double[] base, List<Event> events, int begunBefore) {
        double[] demand = base.clone();
        double[] burst = new double[STEPS];
        Arrays.fill(burst, 1);
        for (Event event : events) {
            for (int k = event.from(); k < Math.min(STEPS, event.to()) && event.from() < begunBefore; k++) {
                burst[k] = event.lasting() ? burst[k] : Math.max(burst[k], event.times());
                demand[k] *= event.lasting() ? event.times() : 1;
            }
        }
        for (int k = 0; k < STEPS; k++) {
            demand[k] *= burst[k];
        }
        return demand;
    }

    private static LevelTable table() {
        try (InputStream file = LevelTable.class.getResourceAsStream("/levels.json")) {
            return new ObjectMapper().readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException("optimizer-service carries no level table", e);
        }
    }

    private static int poisson(double mean, SplittableRandom random) {
        double product = random.nextDouble();
        int count = 0;
        while (product > Math.exp(-mean)) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
