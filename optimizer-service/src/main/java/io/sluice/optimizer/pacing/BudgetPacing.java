package io.sluice.optimizer.pacing;

import io.sluice.optimizer.pacing.Pace.Gate;
import java.time.Duration;
import java.time.Instant;

/**
 * Receding-horizon pacing of one budget: what must be saved of the remaining demand F, evenly until the period ends, so that
 * what is left of the budget B lasts.
 *
 * <pre>s = clamp(1 + kappa - B / F, 0, most)</pre>
 *
 * Quality lost grows faster than bytes saved, so an even saving over the rest of the period loses least; solving anew at each
 * step is the feedback, and nothing can wind up. F is demand at level 0: savings of the last week have made the projection
 * smaller, so it is divided by what they left over; without that, each saving would release itself.
 */
public final class BudgetPacing {
    /** Over which time projections look back. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private BudgetPacing() {}

    /**
     * Decides from a budget.
     *
     * @param before what was decided last
     * @param since how long ago that was
     * @param most largest saving of the axis
     */
    public static Pace decide(Usage usage, Pace before, Duration since, PacingRule rule, double most, Instant now) {
        double mean = remember(usage, before, since);
        if (!now.isBefore(usage.periodEnd())) {
            return new Pace(0, 0, 0, Gate.OVER);
        }
        if (Duration.between(usage.usedAt(), now).compareTo(rule.staleAfter()) > 0) {
            return new Pace(before.required(), before.saving(), mean, Gate.STALE);
        }
        Double limit = usage.limit();
        if (limit == null) {
            return new Pace(0, 0, mean, Gate.NO_LIMIT);
        }
        double required = required(limit - usage.used(), usage.remainingDemand() / (1 - mean), rule.kappa(), most);
        return publish(required, before.saving(), mean, rule, most);
    }

    /** What becomes of a decision when its signal is missing. */
    public static Pace hold(Pace before) {
        return new Pace(before.required(), before.saving(), before.meanSaving(), Gate.MISSING);
    }

    static double required(double left, double demand, double kappa, double most) {
        if (demand <= 0) {
            return left < 0 ? most : 0;
        }
        return Math.clamp(1 + kappa - left / demand, 0, most);
    }

    static Pace publish(double required, double inForce, double mean, PacingRule rule, double most) {
        if (inForce == 0) {
            boolean begin = required > 0 && required >= rule.activateAt();
            Gate idle = required == 0 ? Gate.FITS : Gate.DEADBAND;
            return begin ? new Pace(required, required, mean, Gate.CHANGED) : new Pace(required, 0, mean, idle);
        }
        if (required == 0 || required < rule.releaseBelow()) {
            return new Pace(required, 0, mean, Gate.RELEASED);
        }
        boolean atTheEnd = required == most && inForce < most;
        if (Math.abs(required - inForce) >= rule.minChange() || atTheEnd) {
            return new Pace(required, required, mean, Gate.CHANGED);
        }
        return new Pace(required, inForce, mean, Gate.HYSTERESIS);
    }

    private static double remember(Usage usage, Pace before, Duration since) {
        long elapsed = Math.max(
                1, Duration.between(usage.periodStart(), usage.usedAt()).toSeconds());
        long window = Math.min(MEMORY.toSeconds(), elapsed);
        double share = Math.clamp(since.toMillis() / 1000.0 / window, 0, 1);
        return before.meanSaving() + share * (before.saving() - before.meanSaving());
    }
}
