package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found, as it stands in {@code benchmarks/results}.
 *
 * @param name of the benchmark and of its two files
 * @param question it answers, one sentence
 * @param date of the run
 * @param command that repeats it
 * @param machine name and value
 * @param versions of everything that was measured, or measured with
 * @param notes how it was measured, and what to keep in mind
 * @param tables the figures
 */
record Report(
        String name,
        String question,
        LocalDate date,
        String command,
        Map<String, String> machine,
        Map<String, String> versions,
        List<String> notes,
        List<Table> tables) {

    Report {
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
    }

    void write(Path folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("question", question);
        json.put("date", date.toString());
        json.put("command", command);
        json.put("machine", machine);
        json.put("versions", versions);
        json.put("notes", notes);
        json.put("tables", tables.stream().map(Table::json).toList());
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(name + ".json"),
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(json) + "\n");
            Files.writeString(folder.resolve(name + ".md"), markdown());
        } catch (IOException e) {
            throw new UncheckedIOException("The results cannot be written", e);
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## ").append(question).append("\n\n");
        text.append(date).append(", `").append(command).append("`  \n");
        text.append("Machine: ").append(list(machine)).append("  \n");
        text.append("Versions: ").append(list(versions)).append("\n\n");
        tables.forEach(table -> text.append(table.markdown()).append('\n'));
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private static String list(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .reduce((left, right) -> left + "; " + right)
                .orElse("");
    }
}
