package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Hit ratio, split and bill of the gateway's own selection beside what others do, simulated. Needs no server. */
final class SelectionBenchmark {
    private static final int REQUESTS = 10_000_000;
    private static final long SEEDS = 5;

    Report run() {
        return new Report(
                "selection",
                "What do affinity and marginal prices bring, beside random, sticky and plain rendezvous?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench selection",
                Machine.facts(),
                Map.of("selection", "as in this checkout"),
                notes(),
                List.of(affinity(), month()));
    }

    private static Table affinity() {
        AffinitySimulation simulation = new AffinitySimulation(REQUESTS);
        Map<String, AffinitySimulation.Policy> policies = new LinkedHashMap<>();
        policies.put("weighted random", AffinitySimulation.random());
        policies.put("sticky client", AffinitySimulation.sticky());
        policies.put("rendezvous by path", AffinitySimulation.rendezvous());
        policies.put("Sluice", AffinitySimulation.ours());
        List<Map<String, Object>> rows = new ArrayList<>();
        policies.forEach((name, policy) -> {
            AffinitySimulation.Result result = simulation.run(policy, 1);
            List<Double> split = result.split();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("policy", name);
            row.put("hitPercent", result.hitRatio() * 100);
            row.put(
                    "split",
                    String.format(
                            Locale.ROOT, "%.1f/%.1f/%.1f", split.get(0) * 100, split.get(1) * 100, split.get(2) * 100));
            row.put("farthestPoints", result.farthest());
            row.put("copies", result.copies());
            rows.add(row);
            System.out.println("selection: " + name + " done");
        });
        return new Table(
                "Edge hit ratio: " + AffinitySimulation.OBJECTS + " objects, Zipf " + AffinitySimulation.EXPONENT
                        + ", 3 CDNs x "
                        + AffinitySimulation.POPS + " POPs x " + AffinitySimulation.CACHE
                        + " objects (LRU), target 50/30/20, "
                        + REQUESTS + " requests",
                List.of(
                        new Column("policy", "policy", "%s"),
                        new Column("hitPercent", "edge hit %", "%.1f"),
                        new Column("split", "split %", "%s"),
                        new Column("farthestPoints", "farthest from target, points", "%.2f"),
                        new Column("copies", "fetched from the origin, times per object", "%.2f")),
                rows);
    }

    private static Table month() {
        Map<String, Supplier<MonthSimulation.Policy>> policies = new LinkedHashMap<>();
        policies.put("even split", MonthSimulation::even);
        policies.put("RTT padding, shortest takes all (Openmix)", MonthSimulation::padding);
        policies.put("Sluice", MonthSimulation::ours);
        List<Map<String, Object>> rows = new ArrayList<>();
        policies.forEach((name, policy) -> {
            List<double[]> bills = LongStream.rangeClosed(1, SEEDS)
                    .mapToObj(seed -> new MonthSimulation(seed).bills(policy.get()))
                    .toList();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("policy", name);
            List<String> keys = List.of("commit", "percentile", "payAsYouGo", "bill");
            for (int i = 0; i < keys.size(); i++) {
                int column = i;
                row.put(
                        keys.get(i),
                        new Rounds(bills.stream().map(bill -> bill[column]).toList()));
            }
            rows.add(row);
            System.out.println("selection: month with " + name + " done");
        });
        return new Table(
                "Bill of a month in USD, median (lowest-highest) of " + SEEDS
                        + " seeds: 97 TB, two event days; invented contracts:"
                        + " 60 TB for 1,200, then 0.03 a GB; 200 Mbit/s at 95/5 for 1,200, then 6 a Mbit/s; 0.04 a GB",
                List.of(
                        new Column("policy", "policy", "%s"),
                        new Column("commit", "GB commit", "%.0f"),
                        new Column("percentile", "95/5", "%.0f"),
                        new Column("payAsYouGo", "per GB", "%.0f"),
                        new Column("bill", "bill", "%.0f")),
                rows);
    }

    private static List<String> notes() {
        return List.of(
                "Simulated, not measured: no network, no server. Sluice's rows run the classes of cdn-gateway (Snapshot, HotKeys,"
                        + " HotSpread, Offer, Allocation, ShareDamper); bills are added up by its Bill.",
                "Requests come from 1,000,000 clients in six regions; half as many requests before are not counted. Hot keys and"
                        + " spread are looked at each 100,000 requests, from a sample of 1 in 16.",
                "RTT padding follows the sample applications fusion-cdn-avoid-bursting and monthly_target_usage_amounts: base times"
                        + " 40, 38 and 42 ms, targets 60, 60 and 30 TB, decided each 5 minutes.");
    }
}
