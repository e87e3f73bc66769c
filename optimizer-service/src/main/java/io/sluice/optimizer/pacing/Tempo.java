package io.sluice.optimizer.pacing;

import java.time.Duration;

/**
 * How fast a saving may change, and when requests are refused. Fixed on simulated months (seeds 0-299), see benchmarks/results/control.md.
 *
 * @param reserve of the limit, kept for what no saving reaches, 0-0.1; shrinks during the last day
 * @param upPerHour most by which a saving rises in an hour
 * @param upEvery shortest time between a change and a rise
 * @param downPerHour most by which it falls in an hour
 * @param downEvery shortest time between a change and a fall
 * @param urgent when the budget would last shorter than this, a saving rises at once
 * @param shed when the budget would last shorter than this at the most saving, requests are refused
 * @param shedBoost how much more than an even share of what is left may be used while refusing
 */
public record Tempo(
        double reserve,
        double upPerHour,
        Duration upEvery,
        double downPerHour,
        Duration downEvery,
        Duration urgent,
        Duration shed,
        double shedBoost) {
    public static final Tempo DEFAULT = new Tempo(
            0.005,
            0.40,
            Duration.ofMinutes(30),
            0.10,
            Duration.ofMinutes(60),
            Duration.ofHours(12),
            Duration.ofHours(12),
            3);
}
