package io.sluice.metrics.percentiles;

import io.sluice.platform.problem.InvalidRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters, read.
 *
 * @param from inclusive; an hour before {@code to} by default
 * @param to exclusive; now by default
 * @param step null for one over all
 * @param by label to group by, null for one group
 * @param filter values that labels must have
 */
record Question(
        Instant from,
        Instant to,
        @Nullable Duration step,
        @Nullable String by,
        Map<String, String> filter) {
    private static final int MAX_QUANTILES = 20;

    static Question of(
            @Nullable String from,
            @Nullable String to,
            @Nullable String step,
            @Nullable String by,
            List<String> filters,
            Instant now) {
        Instant end = to == null ? now : instant("to", to);
        Instant start = from == null ? end.minus(Duration.ofHours(1)) : instant("from", from);
        return new Question(start, end, step == null ? null : duration(step), by, filter(filters));
    }

    /** Quantiles from {@code 0.5,0.95}. */
    static List<Double> quantiles(String text) {
        List<Double> quantiles;
        try {
            quantiles = Stream.of(text.split(",", -1))
                    .map(part -> Double.valueOf(part.trim()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new InvalidRequest("q", "must be numbers from 0 to 1, joined by commas");
        }
        if (quantiles.size() > MAX_QUANTILES || quantiles.stream().anyMatch(q -> !(q >= 0 && q <= 1))) {
            throw new InvalidRequest(
                    "q", "must be at most " + MAX_QUANTILES + " numbers from 0 to 1, joined by commas");
        }
        return quantiles;
    }

    private static Map<String, String> filter(List<String> filters) {
        Map<String, String> filter = new HashMap<>();
        for (String one : filters) {
            int colon = one.indexOf(':');
            if (colon < 1) {
                throw new InvalidRequest("filter", "must be label:value");
            }
            filter.put(one.substring(0, colon), one.substring(colon + 1));
        }
        return filter;
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "must be a time such as 2026-11-21T12:00:00Z");
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest("step", "must be a duration such as PT1M");
        }
    }
}
