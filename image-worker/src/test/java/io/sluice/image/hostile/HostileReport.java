package io.sluice.image.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes {@code docs/hostile-input.md} when the test runs with {@code -Dsluice.report=true}; without it the committed report
 * stays as it is.
 */
final class HostileReport {
    private static final Path FILE = Path.of("../docs/hostile-input.md");

    private final StringBuilder text = new StringBuilder();

    HostileReport(String preface) {
        text.append(preface);
    }

    /** A row of the report. */
    record Row(HostileInput input, Target.Seen seen) {
        /** Whether every answer is one of those expected. */
        boolean right() {
            return !seen.answers().isEmpty() && input.expected().containsAll(seen.answers());
        }
    }

    HostileReport rows(List<Row> rows) {
        String kind = "";
        for (Row row : rows) {
            if (!kind.equals(row.input().kind())) {
                kind = row.input().kind();
                text.append("\n## ")
                        .append(kind)
                        .append("\n\n| input | bytes | answer | CPU ms |\n|---|---:|---|---:|\n");
            }
            text.append("| ").append(row.input().name());
            text.append(" | ")
                    .append(
                            row.seen().bytes() == 0
                                    ? ""
                                    : "%,d".formatted(row.seen().bytes()));
            text.append(" | ").append(String.join("; ", new TreeSet<>(row.seen().answers())));
            text.append(" | ").append(row.seen().cpuMillis()).append(" |\n");
        }
        return this;
    }

    HostileReport paragraph(String paragraph) {
        text.append('\n').append(paragraph).append('\n');
        return this;
    }

    void write() throws IOException {
        if (Boolean.getBoolean("sluice.report")) {
            Files.writeString(FILE, text);
        }
    }
}
