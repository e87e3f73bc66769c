package io.sluice.lfs.billing;

import io.sluice.lfs.account.BillingPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides which days are to be pulled now. GitHub restates days after the fact, so young days are pulled again and again;
 * a day that was last pulled before it was settled is pulled once more, however long the service was down.
 */
final class PullPlan {
    private static final int PREVIOUS_MONTH_UNTIL = 5;
    private static final int RECENT_DAYS = 7;

    private final BillingConfig config;

    PullPlan(BillingConfig config) {
        this.config = config;
    }

    /**
     * The days that are due: youngest first, first days of a month last, for on these alone rows of a month cannot be told
     * from rows of a day, and another day's answer tells.
     *
     * @param known where days stand, at least as far back as the history goes
     * @param held days that are not to be asked for yet
     */
    List<LocalDate> due(Instant now, Map<LocalDate, BilledDay> known, Predicate<LocalDate> held) {
        LocalDate today = BillingPeriod.dayOf(now);
        TreeSet<LocalDate> candidates = new TreeSet<>(known.keySet());
        today.minusDays(config.historyDays()).datesUntil(today.plusDays(1)).forEach(candidates::add);
        List<LocalDate> due = new ArrayList<>();
        for (LocalDate day : candidates) {
            if (!day.isAfter(today)
                    && !held.test(day)
                    && due(day, known.getOrDefault(day, BilledDay.unknown(day)), now, today)) {
                due.add(day);
            }
        }
        due.sort(Comparator.comparing((LocalDate day) -> day.getDayOfMonth() == 1)
                .thenComparing(Comparator.reverseOrder()));
        return due;
    }

    private boolean due(LocalDate day, BilledDay state, Instant now, LocalDate today) {
        Instant pulled = state.pulledAt();
        if (state.requestedAt() != null || pulled == null) {
            return true;
        }
        Duration age = Duration.between(pulled, now);
        if (!day.isBefore(today.minusDays(1))) {
            return atLeast(age, config.interval());
        }
        if (day.isAfter(today.minusDays(RECENT_DAYS))) {
            return atLeast(age, config.recentInterval());
        }
        boolean ofPreviousMonth = today.getDayOfMonth() < PREVIOUS_MONTH_UNTIL
                && day.getMonth() == today.minusMonths(1).getMonth();
        Instant settled =
                day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).plus(config.settling());
        return (ofPreviousMonth || pulled.isBefore(settled)) && atLeast(age, config.previousMonthInterval());
    }

    private static boolean atLeast(Duration age, Duration interval) {
        return age.compareTo(interval) >= 0;
    }
}
