package io.sluice.optimizer.reports;

import io.sluice.optimizer.advice.Recommendation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Seven whole days, UTC.
 *
 * @param from inclusive
 * @param to exclusive
 * @param budgets what they used; empty when no budget was told
 * @param actions how often something was done, by its name in the audit
 * @param recommendations as they are now
 * @param notes what could not be told, and why
 */
public record WeeklyReport(
        Instant from,
        Instant to,
        List<BudgetWeek> budgets,
        Map<String, Long> actions,
        List<Recommendation> recommendations,
        List<String> notes) {

    /** The same to read. */
    String markdown() {
        StringBuilder text = new StringBuilder("# Week of ")
                .append(from.toString(), 0, 10)
                .append(" to ")
                .append(to.toString(), 0, 10)
                .append("\n\n## Budgets\n\n");
        if (budgets.isEmpty()) {
            text.append("No budget was told.\n");
        } else {
            text.append("| budget | used | week before | without savings | mean saving | busiest hour (UTC) |\n")
                    .append("|---|---:|---:|---:|---:|---|\n");
            budgets.forEach(budget -> text.append(line(budget)));
        }
        text.append("\n## What was done\n\n");
        actions.forEach((action, count) ->
                text.append("- ").append(action).append(": ").append(count).append('\n'));
        text.append(actions.isEmpty() ? "Nothing.\n" : "").append("\n## Advice\n\n");
        recommendations.forEach(advice -> text.append("- ").append(line(advice)).append('\n'));
        text.append(recommendations.isEmpty() ? "None.\n" : "");
        notes.forEach(note -> text.append("\n").append(note).append('\n'));
        return text.toString();
    }

    private static String line(BudgetWeek budget) {
        BudgetWeek.Busiest busiest = budget.busiest();
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s | %.0f %% | %s |\n",
                cell(budget.id()),
                budget.used().toPlainString(),
                cell(budget.unit()),
                budget.usedTheWeekBefore() == null
                        ? ""
                        : budget.usedTheWeekBefore().toPlainString(),
                budget.withoutSavings().toPlainString(),
                budget.meanSaving() * 100,
                busiest == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%s %02d:00, %.1f %%",
                                busiest.day(),
                                busiest.hour(),
                                busiest.share() * 100));
    }

    private static String line(Recommendation advice) {
        String what = advice.outcome() == Recommendation.Outcome.CHANGE
                ? "commit to " + advice.recommendedGigabytes() + " GB a month instead of "
                        + advice.committedGigabytes() + ", saves " + advice.monthlySaving() + ' ' + advice.currency()
                        + " a month: "
                : "";
        return advice.cdn() + ": " + what + advice.text();
    }

    /** Ids come from neighbours: none may begin a cell or a line of its own. */
    private static String cell(String text) {
        return text.replaceAll("[|\\r\\n]", " ");
    }
}
