package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import io.sluice.optimizer.replays.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** Steers 500 made-up months under each controller; no server is started, so nothing depends on the machine. */
final class ControlBenchmark {
    /** Everything was chosen on seeds 0-299. */
    private static final long FIRST_SEED = 10_000;

    private static final int MONTHS = 500;
    private static final double NOTICED = 0.25;
    private static final Duration HOUR = Duration.ofHours(1);

    Report run() {
        List<Table> tables = new ArrayList<>();
        List<Month> usual = months(HOUR.multipliedBy(2), HOUR, true);
        tables.add(all("Hard stop, reports 2 h late", usual));
        tables.add(few("Hard stop, reports 24 h late", months(HOUR.multipliedBy(24), HOUR, true)));
        tables.add(few(
                "Hard stop, savings take effect with 12 h", months(HOUR.multipliedBy(2), HOUR.multipliedBy(12), true)));
        tables.add(overspend(months(HOUR.multipliedBy(2), HOUR, false)));
        return new Report(
                "control",
                "How much quality does it cost to stay within a budget?",
                LocalDate.now(java.time.ZoneOffset.UTC),
                "./sluice bench control",
                Machine.facts(),
                Map.of("jdk", System.getProperty("java.version", "")),
                notes(usual),
                tables);
    }

    private static List<String> notes(List<Month> usual) {
        long over = usual.stream().filter(month -> month.total() > 1).count();
        return List.of(
                MONTHS + " months of 30 days in steps of 15 minutes, seeds " + FIRST_SEED + "-"
                        + (FIRST_SEED + MONTHS - 1) + "; " + over
                        + " of them want more than their budget. Parameters, ours and the peers', were chosen on seeds 0-299.",
                "A month: base demand 70-125 % of the budget, a day and a week, noise of 15 %, on average 1.3 bursts (x1.2-10, median"
                        + " 18 h, at most 6 days), in 30 % of months a step of -30 to +60 %. Controllers believe a profile that is 8 %"
                        + " wrong, a level that is 5 % wrong, savings that are 10 % wrong and a meter that is 3 % wrong.",
                "J: mean quality points (SSIMULACRA2) lost by a request; one that fails or is refused counts 100. Calm months want at"
                        + " most their budget; touched means that they lost more than 0.25 points. A re-render is one whole level of"
                        + " the catalogue made anew.",
                "Ours is io.sluice.optimizer.pacing.HorizonPacing, the class that optimizer-service runs, with its defaults.",
                "`foresight` knows exactly how every burst that has begun goes on, its size and its end, and nothing of those to come:"
                        + " what a perfect forecast would reach. `hindsight` is the best constant saving, known only afterwards.");
    }

    private static List<Month> months(Duration lag, Duration adoption, boolean hardStop) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + MONTHS)
                .mapToObj(seed -> Month.of(seed, new Month.Lags(lag, adoption), hardStop))
                .toList();
    }

    private static Table all(String title, List<Month> months) {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row("none", months, month -> Controllers.replay(month, Controllers.none())));
        rows.add(
                row("ladder 70/80/90/95 %", months, month -> Controllers.replay(month, Controllers.thresholdLadder())));
        rows.add(row("pace ladder", months, month -> Controllers.replay(month, Controllers.paceLadder())));
        rows.add(row("PID on pace", months, month -> Controllers.replay(month, Controllers.pid())));
        rows.addAll(best(months));
        rows.add(row("foresight", months, month -> Controllers.replay(month, Controllers.foresight(month))));
        rows.add(row("hindsight", months, Controllers::hindsight));
        return new Table(title, columns(), rows);
    }

    private static Table few(String title, List<Month> months) {
        return new Table(title, columns(), best(months));
    }

    private static List<Map<String, Object>> best(List<Month> months) {
        return List.of(
                row("PI on rate", months, month -> Controllers.replay(month, Controllers.pi(month))),
                row("ours", months, month -> Controllers.replay(month, Controllers.ours(month))));
    }

    private static Table overspend(List<Month> months) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Function<Month, Outcome>> controllers = new LinkedHashMap<>();
        controllers.put("none", month -> Controllers.replay(month, Controllers.none()));
        controllers.put("ladder 70/80/90/95 %", month -> Controllers.replay(month, Controllers.thresholdLadder()));
        controllers.put("PI on rate", month -> Controllers.replay(month, Controllers.pi(month)));
        controllers.put("ours", month -> Controllers.replay(month, Controllers.ours(month)));
        controllers.forEach((name, controller) -> {
            List<Outcome> outcomes = months.stream().map(controller).toList();
            rows.add(Map.of(
                    "controller",
                    name,
                    "overspend",
                    100 * mean(outcomes, outcome -> Math.max(0, outcome.used() - 1)),
                    "j",
                    mean(outcomes, Outcome::lost)));
        });
        return new Table(
                "Soft budget: nothing stops at the limit",
                List.of(
                        new Column("controller", "controller", "%s"),
                        new Column("overspend", "mean overspend %", "%.2f"),
                        new Column("j", "J", "%.2f")),
                rows);
    }

    private static List<Column> columns() {
        return List.of(
                new Column("controller", "controller", "%s"),
                new Column("j", "J", "%.2f"),
                new Column("p95", "J p95", "%.1f"),
                new Column("over", "J, months over budget", "%.2f"),
                new Column("calm", "J, calm months", "%.2f"),
                new Column("touched", "calm months touched %", "%.1f"),
                new Column("ranOut", "ran dry, % of months", "%.1f"),
                new Column("failed", "failed or refused %", "%.2f"),
                new Column("dark", "hours dark", "%.1f"),
                new Column("quality", "quality lost", "%.2f"),
                new Column("changes", "changes", "%.0f"),
                new Column("rerenders", "re-renders", "%.1f"));
    }

    private static Map<String, Object> row(String name, List<Month> months, Function<Month, Outcome> controller) {
        List<Outcome> outcomes = months.stream().map(controller).toList();
        List<Outcome> over = new ArrayList<>();
        List<Outcome> calm = new ArrayList<>();
        for (int i = 0; i < months.size(); i++) {
            (months.get(i).total() > 1 ? over : calm).add(outcomes.get(i));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("controller", name);
        row.put("j", mean(outcomes, Outcome::lost));
        row.put("p95", outcomes.stream().mapToDouble(Outcome::lost).sorted().toArray()[outcomes.size() * 95 / 100]);
        row.put("over", mean(over, Outcome::lost));
        row.put("calm", mean(calm, Outcome::lost));
        row.put("touched", 100 * mean(calm, outcome -> outcome.lost() > NOTICED ? 1 : 0));
        row.put("ranOut", 100 * mean(outcomes, outcome -> outcome.ranOut() ? 1 : 0));
        row.put("failed", 100 * mean(outcomes, Outcome::failed));
        row.put("dark", mean(outcomes, Outcome::darkHours));
        row.put("quality", mean(outcomes, Outcome::qualityLost));
        row.put("changes", mean(outcomes, outcome -> outcome.changes()));
        row.put("rerenders", mean(outcomes, Outcome::rerenders));
        System.out.printf(java.util.Locale.ROOT, "%-22s J %.2f%n", name, (Double) row.get("j"));
        return row;
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return outcomes.stream().mapToDouble(figure).average().orElse(0);
    }
}
