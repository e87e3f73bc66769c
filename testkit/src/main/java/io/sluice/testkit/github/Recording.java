package io.sluice.testkit.github;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recorded month, read from {@code month.csv} and {@code other-products.csv}; the same in each month. */
record Recording(Map<Integer, Map<String, Lfs>> byDayOfMonth, List<Other> others) {
    private static final BigDecimal HOURS = BigDecimal.valueOf(24);

    /** GiB downloaded on a day, GiB stored at its end. */
    record Lfs(BigDecimal bandwidth, BigDecimal storage) {}

    /** A row of another product. */
    record Other(
            String product,
            String sku,
            BigDecimal quantity,
            String unit,
            BigDecimal price,
            @Nullable String repository) {}

    static Recording read() {
        Map<Integer, Map<String, Lfs>> days = new TreeMap<>();
        for (String[] row : rows("month.csv")) {
            days.computeIfAbsent(Integer.valueOf(row[0]), ignored -> new TreeMap<>())
                    .put(row[1], new Lfs(new BigDecimal(row[2]), new BigDecimal(row[3])));
        }
        List<Other> others = rows("other-products.csv").stream()
                .map(row -> new Other(
                        row[0],
                        row[1],
                        new BigDecimal(row[2]),
                        row[3],
                        new BigDecimal(row[4]),
                        row.length > 5 ? row[5] : null))
                .toList();
        return new Recording(days, others);
    }

    /** What was used on a day up to {@code hours} of it, by repository. */
    Map<String, BigDecimal> used(LfsSku sku, LocalDate day, int hours) {
        Map<String, BigDecimal> used = new TreeMap<>();
        byDayOfMonth.getOrDefault(day.getDayOfMonth(), Map.of()).forEach((repository, lfs) -> {
            BigDecimal quantity = switch (sku) {
                case STORAGE -> lfs.storage().multiply(BigDecimal.valueOf(hours));
                case BANDWIDTH ->
                    lfs.bandwidth().multiply(BigDecimal.valueOf(hours)).divide(HOURS, 9, RoundingMode.HALF_UP);
            };
            used.put(repository, quantity.setScale(9, RoundingMode.HALF_UP));
        });
        return used;
    }

    private static List<String[]> rows(String file) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = Recording.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            boolean header = true;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                if (!header) {
                    rows.add(line.split(","));
                }
                header = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
