package io.sluice.optimizer.pacing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a pacer remembers of a budget between two decisions; kept in PostgreSQL, so that another optimizer goes on with it.
 *
 * @param demand what would be used at level 0
 * @param metering how far our meter can be trusted
 * @param periodStart of the period it is in
 * @param limit at the last decision
 * @param metered by our meter until {@code demand.at()}
 * @param servedHours hours since then, each weighted with the share of demand that was let through
 * @param adopted saving that has taken effect: what is cached only goes by and by
 * @param saving in force
 * @param allowed share of requests that are let through, 0-1
 * @param changedAt when {@code saving} last changed; null when it never did
 * @param at of the last decision
 */
public record PacerState(
        Demand demand,
        Metering metering,
        Instant periodStart,
        double limit,
        double metered,
        double servedHours,
        double adopted,
        double saving,
        double allowed,
        @Nullable Instant changedAt,
        Instant at) {
    private static final Duration STRETCH = Duration.ofMinutes(15);
    private static final double ADOPTION_HOURS = 1;
    private static final double LEAST_SERVED = 0.05;

    /** Before the first reading. */
    public static PacerState fresh(Reading first) {
        return seeded(Demand.unknown(first.at()), first.periodStart(), first.limit(), first.metered());
    }

    /** With a demand that is known from before. */
    public static PacerState seeded(Demand demand, Instant periodStart, double limit, double metered) {
        return new PacerState(demand, Metering.NONE, periodStart, limit, metered, 0, 0, 0, 1, null, demand.at());
    }

    /** With what the meter has counted since; a meter that goes back is taken to have begun anew. */
    PacerState seen(Reading reading) {
        boolean newPeriod = !reading.periodStart().equals(periodStart);
        double hours = Math.max(0, Duration.between(at, reading.at()).toMillis() / 3_600_000.0);
        double later = saving + (adopted - saving) * Math.exp(-hours / ADOPTION_HOURS);
        double served = servedHours + hours * (1 - (adopted + later) / 2) * allowed;
        Metering checked = (newPeriod ? Metering.NONE : metering).with(reading);
        Duration stretch = Duration.between(demand.at(), reading.at());
        double from = newPeriod ? 0 : metered;
        if (stretch.compareTo(STRETCH) < 0) {
            double base = Math.min(from, reading.metered());
            return with(demand, checked, reading, base, served, later);
        }
        double length = stretch.toMillis() / 3_600_000.0;
        double through = Math.max(LEAST_SERVED, served / length);
        double amount = checked.bias() * Math.max(0, reading.metered() - from) / through;
        return with(demand.seen(reading.at(), amount), checked, reading, reading.metered(), 0, later);
    }

    /** With the saving that is in force, whoever decided it. */
    PacerState inForce(double inForce) {
        return inForce == saving ? this : decided(inForce, allowed);
    }

    /** As if nothing of this decision had been published: in force is what was in force before. */
    PacerState unpublished(double inForce, @Nullable Instant inForceSince) {
        return new PacerState(
                demand, metering, periodStart, limit, metered, servedHours, adopted, inForce, 1, inForceSince, at);
    }

    /** With what was decided. */
    PacerState decided(double newSaving, double newAllowed) {
        Instant changed = newSaving == saving ? changedAt : at;
        return new PacerState(
                demand,
                metering,
                periodStart,
                limit,
                metered,
                servedHours,
                adopted,
                newSaving,
                newAllowed,
                changed,
                at);
    }

    private PacerState with(
            Demand newDemand,
            Metering newMetering,
            Reading reading,
            double newMetered,
            double newServed,
            double newAdopted) {
        return new PacerState(
                newDemand,
                newMetering,
                reading.periodStart(),
                reading.limit(),
                newMetered,
                newServed,
                newAdopted,
                saving,
                allowed,
                changedAt,
                reading.at());
    }
}
