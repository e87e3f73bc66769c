package io.sluice.optimizer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Own metering, held against what is reported later: a meter that counts 3 % too little is found out by the first reports, and
 * what it has counted since is corrected by that.
 *
 * @param marks what the meter said at earlier moments of this period, oldest first; one an hour, of the last two days
 * @param bias true use for each metered one
 * @param known whether a report has confirmed it
 */
public record Metering(List<Mark> marks, double bias, boolean known) {
    /** Nothing has been reported yet. */
    public static final Metering NONE = new Metering(List.of(), 1, false);

    private static final Duration EVERY = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofHours(50);
    /** Of the limit; below that, a ratio of two small numbers says little. */
    private static final double ENOUGH = 0.002;

    private static final double UNCERTAIN_BEFORE = 0.06;
    private static final double UNCERTAIN_AFTER = 0.01;

    public Metering {
        marks = List.copyOf(marks);
    }

    /** What the meter said then. */
    public record Mark(Instant at, double metered) {}

    /** With one more reading. */
    Metering with(Reading reading) {
        List<Mark> next = new ArrayList<>(marks);
        next.removeIf(mark ->
                mark.at().isBefore(reading.at().minus(KEPT)) || mark.at().isBefore(reading.periodStart()));
        if (next.isEmpty()
                || Duration.between(next.getLast().at(), reading.at()).compareTo(EVERY) >= 0) {
            next.add(new Mark(reading.at(), reading.metered()));
        }
        Metering marked = new Metering(next, bias, known);
        double then = marked.meteredAt(reading);
        return then > ENOUGH * reading.limit() && reading.reported() > 0
                ? new Metering(next, Math.clamp(reading.reported() / then, 0.5, 2), true)
                : marked;
    }

    /** What has been used by now. */
    double used(Reading reading) {
        return reading.reported() + unreported(reading);
    }

    /** What has been used since the report, as the corrected meter says. */
    double unreported(Reading reading) {
        return bias * Math.max(0, reading.metered() - meteredAt(reading));
    }

    /** How far {@link #used} may be too low, two standard deviations. */
    double uncertainty(Reading reading) {
        return (known ? UNCERTAIN_AFTER : UNCERTAIN_BEFORE) * unreported(reading);
    }

    private double meteredAt(Reading reading) {
        Mark before = new Mark(reading.periodStart(), 0);
        Mark after = new Mark(reading.at(), reading.metered());
        for (Mark mark : marks) {
            if (mark.at().isAfter(reading.reportedAt())) {
                after = mark;
                break;
            }
            before = mark;
        }
        double span = Duration.between(before.at(), after.at()).toMillis();
        double part = Duration.between(before.at(), reading.reportedAt()).toMillis();
        double share = span <= 0 ? 1 : Math.clamp(part / span, 0, 1);
        return before.metered() + share * (after.metered() - before.metered());
    }
}
