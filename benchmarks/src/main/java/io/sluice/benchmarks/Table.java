package io.sluice.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figures side by side.
 *
 * @param title what was measured
 * @param columns in order
 * @param rows one for each that was measured: value by column key, a {@link Double}, {@link Rounds} or {@link String}
 */
record Table(String title, List<Column> columns, List<Map<String, Object>> rows) {

    /**
     * @param key name in the JSON file
     * @param heading in the printed table
     * @param format of a number, as of {@link String#format}
     */
    record Column(String key, String heading, String format) {}

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("### ").append(title).append("\n\n|");
        columns.forEach(column -> text.append(' ').append(column.heading()).append(" |"));
        text.append("\n|");
        columns.forEach(column -> text.append(column.format().equals("%s") ? "---|" : "---:|"));
        for (Map<String, Object> row : rows) {
            text.append("\n|");
            columns.forEach(column -> text.append(' ').append(cell(column, row)).append(" |"));
        }
        return text.append('\n').toString();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", title);
        json.put("rows", rows.stream().map(this::jsonRow).toList());
        return json;
    }

    private Map<String, Object> jsonRow(Map<String, Object> row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Column column : columns) {
            Object value = row.get(column.key());
            if (value instanceof Rounds rounds) {
                json.put(column.key(), rounded(rounds.median()));
                json.put(
                        column.key() + "Rounds",
                        rounds.values().stream().map(Table::rounded).toList());
            } else if (value instanceof Double number) {
                json.put(column.key(), rounded(number));
            } else if (value != null) {
                json.put(column.key(), value);
            }
        }
        return json;
    }

    private static String cell(Column column, Map<String, Object> row) {
        Object value = row.get(column.key());
        return switch (value) {
            case null -> "";
            case Rounds rounds ->
                String.format(Locale.ROOT, column.format(), rounds.median())
                        + " (" + String.format(Locale.ROOT, column.format(), rounds.lowest())
                        + "-" + String.format(Locale.ROOT, column.format(), rounds.highest()) + ")";
            case Double number -> String.format(Locale.ROOT, column.format(), number);
            default -> value.toString();
        };
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
