package io.sluice.lfs.thresholds;

import io.sluice.contracts.budget.Budget;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Shares of a limit whose passing people are told of, and how urgently. */
enum Threshold {
    P80(80, "P4"),
    P90(90, "P3"),
    P95(95, "P2"),
    P100(100, "P1");

    private final int percent;
    private final String severity;

    Threshold(int percent, String severity) {
        this.percent = percent;
        this.severity = severity;
    }

    int percent() {
        return percent;
    }

    String severity() {
        return severity;
    }

    static Threshold of(int percent) {
        return Arrays.stream(values())
                .filter(threshold -> threshold.percent == percent)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no threshold of " + percent + " %"));
    }

    /** Those that a budget has reached; none without a limit. */
    static List<Threshold> reached(Budget budget) {
        BigDecimal limit = budget.limit();
        if (limit == null || limit.signum() == 0) {
            return List.of();
        }
        BigDecimal used = budget.used().multiply(BigDecimal.valueOf(100));
        return Arrays.stream(values())
                .filter(threshold -> used.compareTo(limit.multiply(BigDecimal.valueOf(threshold.percent))) >= 0)
                .toList();
    }
}
