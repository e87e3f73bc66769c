package io.sluice.gateway.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes {@link Usage} of what metrics-service and lfs-tracker answer. Pure. */
final class UsageReading {
    private static final int SAMPLES_AN_HOUR = 12;

    private UsageReading() {}

    /** When the month of an instant begins: vendors bill by UTC. */
    static Instant monthStart(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
    }

    /**
     * Adds it up.
     *
     * @param hours {@code GET /api/v1/cdn/usage/series} of the month in hours: each hour stands for twelve equal samples
     * @param lately {@code GET /api/v1/cdn/usage} of the last minutes
     * @param budgets {@code GET /api/v1/budgets} of lfs-tracker, or anything without items
     * @param commits Mbit/s of a percentile commit by CDN
     */
    static Usage of(Instant now, JsonNode hours, JsonNode lately, JsonNode budgets, Map<String, Double> commits) {
        Instant start = monthStart(now);
        ZonedDateTime end = start.atZone(ZoneOffset.UTC).plusMonths(1);
        double monthSeconds = Duration.between(start, end.toInstant()).toSeconds();
        double elapsed = Duration.between(start, now).toSeconds() / monthSeconds;
        Map<String, JsonNode> latest = items(lately)
                .collect(Collectors.toMap(item -> item.path("cdn").asText(), Function.identity(), (a, b) -> b));
        Map<String, List<JsonNode>> byCdn = items(hours)
                .collect(Collectors.groupingBy(item -> item.path("cdn").asText()));
        Map<String, MonthUsage> usage = new HashMap<>();
        byCdn.forEach((cdn, steps) -> {
            double[] mbps = steps.stream().mapToDouble(UsageReading::mbps).toArray();
            double gb = steps.stream()
                    .mapToDouble(step -> step.path("bytes").asDouble() / 1e9)
                    .sum();
            double commit = commits.getOrDefault(cdn, Double.POSITIVE_INFINITY);
            long above =
                    java.util.Arrays.stream(mbps).filter(one -> one > commit).count();
            double[] month = java.util.Arrays.copyOf(mbps, (int) Math.ceil(monthSeconds / 3600));
            double nowMbps = latest.containsKey(cdn) ? mbps(latest.get(cdn)) : 0;
            usage.put(
                    cdn,
                    new MonthUsage(
                            gb, elapsed, monthSeconds, nowMbps, (int) above * SAMPLES_AN_HOUR, MonthUsage.p95(month)));
        });
        Map<String, Double> hits = new HashMap<>();
        latest.forEach((cdn, item) -> {
            if (item.path("hitRatio").isNumber()) {
                hits.put(cdn, item.path("hitRatio").asDouble());
            }
        });
        double exceed = items(budgets)
                .filter(item -> item.path("kind").asText().equals("LFS_BANDWIDTH"))
                .mapToDouble(item -> item.path("exceedProbability").asDouble(0))
                .max()
                .orElse(0);
        return new Usage(usage, hits, exceed);
    }

    private static double mbps(JsonNode item) {
        double seconds = Duration.between(
                        Instant.parse(item.path("from").asText()),
                        Instant.parse(item.path("to").asText()))
                .toSeconds();
        return seconds > 0 ? item.path("bytes").asDouble() * 8 / 1e6 / seconds : 0;
    }

    private static java.util.stream.Stream<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false);
    }
}
