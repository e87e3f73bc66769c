package io.sluice.optimizer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be used at level 0, learnt from a meter: a slow level (median of seven days) that one wild day does not move, a fast
 * one (half-life one hour), and for how long they have disagreed. A burst is expected to go
 * on for half as long as it has lasted.
 *
 * @param week how demand spreads over the week
 * @param days demand of an average hour on each of the last days, oldest first; at most seven
 * @param today demand since the day began
 * @param todayHours weighted hours since the day began that were seen
 * @param fast demand of an average hour just now; null before the first stretch
 * @param burstHours for how long fast and slow have disagreed, 0 and up
 * @param at until when everything has been seen
 */
public record Demand(
        HourOfWeek week,
        List<Double> days,
        double today,
        double todayHours,
        @Nullable Double fast,
        double burstHours,
        Instant at) {
    private static final int DAYS = 7;
    private static final int ENOUGH_DAYS = 3;
    private static final double HALF_LIFE_HOURS = 1;
    private static final double CALM_BELOW = 1.25;
    private static final double CALM_ABOVE = 0.75;
    /** A week is not learnt from hours that are so much wilder than it. */
    private static final double WILD = 2;

    /** For each hour that a burst has lasted. */
    private static final double GOES_ON = 0.5;

    private static final double SHORTEST_BURST = 1;
    private static final double LONGEST_BURST = 48;

    public Demand {
        days = List.copyOf(days);
    }

    /** Nothing is known. */
    static Demand unknown(Instant at) {
        return new Demand(HourOfWeek.FLAT, List.of(), 0, 0, null, 0, at);
    }

    /** As after a week in which nothing happened. */
    public static Demand seeded(HourOfWeek week, double hourly, Instant at) {
        return new Demand(week, Collections.nCopies(DAYS, hourly), 0, 0, hourly, 0, at);
    }

    /** Whether there is a day to learn from. */
    boolean known() {
        return !days.isEmpty();
    }

    /** Whether it is known well enough to decide by. */
    boolean learnt() {
        return days.size() >= ENOUGH_DAYS;
    }

    /** With one more stretch: {@code amount} would have been used at level 0 since {@link #at}. */
    Demand seen(Instant until, double amount) {
        double hours = Duration.between(at, until).toMillis() / 3_600_000.0;
        double weighted = week.between(at, until);
        if (hours <= 0 || weighted <= 0) {
            return this;
        }
        double ratio = amount / weighted;
        double keep = Math.pow(0.5, hours / HALF_LIFE_HOURS);
        double nextFast = fast == null ? ratio : keep * fast + (1 - keep) * ratio;
        double slow = slow();
        boolean burst = known() && (nextFast > CALM_BELOW * slow || nextFast < CALM_ABOVE * slow);
        double age = burst ? burstHours + hours : Math.max(0, burstHours - 2 * hours);
        boolean wild = nextFast > WILD * slow || nextFast < slow / WILD;
        HourOfWeek learned = known() && !wild && slow > 0 ? week.learned(at, hours, ratio / slow) : week;
        if (day(at) == day(until)) {
            return new Demand(learned, days, today + amount, todayHours + weighted, nextFast, age, until);
        }
        return new Demand(learned, with(days, today + amount, todayHours + weighted), 0, 0, nextFast, age, until);
    }

    /** Demand of an average hour when nothing special happens. */
    double slow() {
        if (days.isEmpty()) {
            return fast == null ? 0 : fast;
        }
        List<Double> sorted = days.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** What is still to come from {@link #at} until then, at level 0. */
    double remaining(Instant until) {
        double slow = slow();
        double extra = fast == null ? 0 : fast - slow;
        double theta = Math.clamp(GOES_ON * burstHours, SHORTEST_BURST, LONGEST_BURST);
        return Math.max(0, slow * week.between(at, until) + extra * week.fading(at, until, theta));
    }

    private static List<Double> with(List<Double> days, double amount, double hours) {
        // A day of which too little was seen says nothing.
        if (hours < 12) {
            return days;
        }
        List<Double> next = new ArrayList<>(days);
        next.add(amount / hours);
        return next.size() > DAYS ? next.subList(1, next.size()) : next;
    }

    private static long day(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 86_400L);
    }
}
