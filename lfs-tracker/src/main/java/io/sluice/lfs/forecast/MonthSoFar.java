package io.sluice.lfs.forecast;

import io.sluice.lfs.account.BillingPeriod;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A month's days: those that are complete count as they are, the others are open and at least what is known of them. */
final class MonthSoFar {
    private final LocalDate first;
    private final double[] known;
    private final boolean[] complete;

    private MonthSoFar(LocalDate first, int length) {
        this.first = first;
        this.known = new double[length];
        this.complete = new boolean[length];
    }

    static MonthSoFar of(List<DayAmount> history, BillingPeriod period) {
        MonthSoFar month = new MonthSoFar(period.firstDay(), period.month().lengthOfMonth());
        for (DayAmount day : history) {
            if (period.month().equals(YearMonth.from(day.day()))) {
                month.known[day.day().getDayOfMonth() - 1] = day.amount();
                month.complete[day.day().getDayOfMonth() - 1] = day.complete();
            }
        }
        return month;
    }

    List<LocalDate> openDays() {
        List<LocalDate> open = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (!complete[i]) {
                open.add(first.plusDays(i));
            }
        }
        return open;
    }

    /** All days, the open ones from {@code path}. */
    double[] with(double[] path) {
        double[] days = known.clone();
        int next = 0;
        for (int i = 0; i < days.length; i++) {
            if (!complete[i]) {
                days[i] = Math.max(days[i], path[next++]);
            }
        }
        return days;
    }

    /** The mean of the days so far, for each day of the month. */
    double runRate() {
        int days = 0;
        for (int i = 0; i < known.length; i++) {
            if (complete[i] || known[i] > 0) {
                days = i + 1;
            }
        }
        return days == 0 ? 0 : Arrays.stream(known).sum() / days * known.length;
    }
}
