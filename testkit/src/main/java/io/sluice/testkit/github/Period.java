package io.sluice.testkit.github;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What {@code year}, {@code month} and {@code day} ask for. */
sealed interface Period {
    /** All three: rows of a day. */
    record Day(LocalDate day) implements Period {}

    /** No day: one row per month. */
    record Months(List<YearMonth> months) implements Period {}

    /**
     * Reads the query.
     *
     * @throws java.time.DateTimeException when there is no such date
     * @throws NumberFormatException when a part is not a number
     */
    static Period of(@Nullable String query, InstantSource clock) {
        Map<String, Integer> asked = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                asked.put(parts[0], Integer.valueOf(parts.length > 1 ? parts[1] : ""));
            }
        }
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        int year = asked.getOrDefault("year", today.getYear());
        Integer month = asked.get("month");
        Integer day = asked.get("day");
        if (day != null) {
            return new Day(LocalDate.of(year, month == null ? today.getMonthValue() : month, day));
        }
        return new Months(
                month != null
                        ? List.of(YearMonth.of(year, month))
                        : IntStream.rangeClosed(1, 12)
                                .mapToObj(m -> YearMonth.of(year, m))
                                .toList());
    }
}
