package io.sluice.optimizer.pacing;

import io.sluice.optimizer.pacing.Pace.Gate;
import java.time.Duration;
import java.time.Instant;

/**
 * Receding-horizon pacing of a metered budget.
 *
 * <pre>
 * F = demand still to come at level 0          B = limit - used - reserve - what the meter may have missed
 * s = clamp(1 + kappa - B / F, 0, most)
 * </pre>
 *
 * Quality lost grows faster than bytes saved, so an even saving over the rest of the period loses least; solving anew at each
 * step is the feedback, and nothing can wind up. Pure: state in, state out.
 */
public final class HorizonPacing {
    private static final double DAY_HOURS = 24;
    private static final double ALWAYS_KEPT = 0.001;

    private final PacingRule rule;
    private final Tempo tempo;
    private final double most;

    /**
     * @param most largest saving of the axis, 0-1
     */
    public HorizonPacing(PacingRule rule, Tempo tempo, double most) {
        this.rule = rule;
        this.tempo = tempo;
        this.most = most;
    }

    /**
     * A decision and what to remember.
     *
     * @param left of the limit, without reserves
     * @param expected demand until the period ends, at level 0
     * @param limit of the reading
     * @param used of it by now, as far as is known
     * @param urgent whether the budget would end soon at the saving that was in force
     */
    public record Step(
            PacerState state, Pace pace, double left, double expected, double limit, double used, boolean urgent) {}

    /** Decides; {@code before} is left as it is. */
    public Step decide(PacerState before, Reading reading) {
        PacerState state = before.seen(reading);
        double hoursLeft = hours(reading.at(), reading.periodEnd());
        double used = state.metering().used(reading);
        double keep = ALWAYS_KEPT + tempo.reserve() * Math.min(1, hoursLeft / DAY_HOURS);
        double left = reading.limit() * (1 - keep) - used - state.metering().uncertainty(reading);
        double expected = state.demand().remaining(reading.periodEnd());
        double required = BudgetPacing.required(left, expected, rule.kappa(), most);
        Pace pace = publish(state, required, left, reading, before.limit() != reading.limit());
        double allowed = allowed(state, required, left, reading);
        boolean urgent = lastsLessThan(tempo.urgent(), state, left, state.saving(), reading);
        return new Step(state.decided(pace.saving(), allowed), pace, left, expected, reading.limit(), used, urgent);
    }

    private Pace publish(PacerState state, double required, double left, Reading reading, boolean newLimit) {
        double inForce = state.saving();
        Pace wanted = BudgetPacing.publish(required, inForce, 0, rule, most);
        if (wanted.gate() != Gate.CHANGED || newLimit) {
            return wanted;
        }
        Instant changedAt = state.changedAt();
        Duration since = changedAt == null ? Duration.ofDays(1) : Duration.between(changedAt, reading.at());
        boolean up = wanted.saving() > inForce;
        if (up && lastsLessThan(tempo.urgent(), state, left, inForce, reading)) {
            return wanted;
        }
        if (since.compareTo(up ? tempo.upEvery() : tempo.downEvery()) < 0) {
            return new Pace(required, inForce, 0, Gate.DWELL);
        }
        double hour = Math.min(1, since.toMillis() / 3_600_000.0);
        double ramped = up
                ? Math.min(wanted.saving(), inForce + tempo.upPerHour() * hour)
                : Math.max(wanted.saving(), inForce - tempo.downPerHour() * hour);
        return new Pace(required, ramped, 0, ramped == wanted.saving() ? Gate.CHANGED : Gate.RAMP);
    }

    private double allowed(PacerState state, double required, double left, Reading reading) {
        if (required < most || !lastsLessThan(tempo.shed(), state, left, most, reading)) {
            return 1;
        }
        double toCome = state.demand().remaining(reading.periodEnd()) * (1 - most);
        Double fast = state.demand().fast();
        double now = (fast == null ? 0 : fast) * (1 - most);
        double even = state.demand().week().between(reading.at(), reading.periodEnd());
        return toCome <= 0 || now <= 0 || even <= 0 ? 1 : Math.clamp(tempo.shedBoost() * left / even / now, 0, 1);
    }

    /** Whether the budget ends within {@code span}, and before its period, at this saving. */
    private static boolean lastsLessThan(Duration span, PacerState state, double left, double saving, Reading reading) {
        Instant until = reading.at().plus(span);
        Instant end = until.isBefore(reading.periodEnd()) ? until : reading.periodEnd();
        return state.demand().remaining(end) * (1 - saving) > left;
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 3_600_000.0;
    }
}
