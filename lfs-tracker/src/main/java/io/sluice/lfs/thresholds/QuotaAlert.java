package io.sluice.lfs.thresholds;

import io.sluice.contracts.alert.PostableAlert;
import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.BillingPeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A threshold that was passed.
 *
 * @param period first day of the month
 * @param firedAt when it was noticed
 * @param resolvedAt when it no longer held: a new month, or GitHub restated downward; absent while it holds
 */
record QuotaAlert(
        String budgetId,
        LocalDate period,
        Threshold threshold,
        String summary,
        String description,
        Instant firedAt,
        @Nullable Instant resolvedAt) {

    static QuotaAlert fired(Budget budget, Threshold threshold, Instant now) {
        BigDecimal limit = budget.limit() == null ? BigDecimal.ZERO : budget.limit();
        String projected = budget.projected() == null
                ? ""
                : " Projected for the end of the month: "
                        + shortly(budget.projected().p50()) + ".";
        return new QuotaAlert(
                budget.id(),
                BillingPeriod.at(budget.periodStart()).firstDay(),
                threshold,
                budget.owner() + " has used " + threshold.percent() + " % of its " + budget.kind() + " budget",
                shortly(budget.used()) + " of " + shortly(limit) + " " + budget.unit() + " as billed at "
                        + budget.usedAt() + "." + projected,
                now,
                null);
    }

    /** As alerting-service takes it; without an end while it holds. */
    PostableAlert postable(String runbookUrl) {
        return new PostableAlert(
                Map.of(
                        "alertname",
                        "LfsQuota",
                        "severity",
                        threshold.severity(),
                        "service",
                        "lfs-tracker",
                        "budget",
                        budgetId,
                        "period",
                        period.toString(),
                        "threshold",
                        Integer.toString(threshold.percent())),
                Map.of("summary", summary, "description", description, "runbook_url", runbookUrl),
                firedAt,
                resolvedAt,
                null);
    }

    private static String shortly(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
