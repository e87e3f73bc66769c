package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long one decision takes, by JMH. Needs no server. */
final class DecisionBenchmark {
    private static final int GENERATED = 385_000;
    private static final int WARMUP_SECONDS = 3;
    private static final Map<String, String> PARTS = Map.of(
            "decision", "decision: all of them, and the address on the CDN",
            "client", "address of the client from text",
            "country", "country of an address",
            "cdn", "CDN of a source for a client in a country",
            "id", "signed id of a decision, while votes are taken; not in the decision",
            "source", "source in the catalogue of 100,000");

    private final int rounds;

    DecisionBenchmark(int rounds) {
        this.rounds = rounds;
    }

    Report run() {
        boolean real = Files.isReadable(GeoRanges.FILE);
        Path ranges = real ? GeoRanges.FILE : generated();
        long rows = real ? GeoRanges.rows() : GENERATED;
        List<Map<String, Object>> rowsOfTable = new ArrayList<>();
        for (RunResult result : measured(ranges)) {
            rowsOfTable.add(row(result));
        }
        return new Report(
                "decision",
                "How long does the gateway take to decide on a catalogue hit?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench decision --rounds " + rounds,
                Machine.facts(),
                Map.of("JMH", "1.37", "decision", "as in this checkout"),
                List.of(
                        "Goal: 250 ns for the decision. Median (lowest-highest) of " + rounds
                                + " rounds of one second, after " + WARMUP_SECONDS
                                + " to warm up; one thread, one fork.",
                        "Clients are spread evenly over IPv4 and sources by Zipf's law, in a cycle of 16,384: parts are faster alone"
                                + " than in the whole, where they share the processor's caches.",
                        "Wall-clock time: on a machine that does other things, too, the lowest round says most."),
                List.of(new Table(
                        rows + (real ? " ranges of tor-geoipdb" : " made-up ranges") + ", two markets, three CDNs",
                        List.of(
                                new Column("part", "part", "%s"),
                                new Column("nanos", "ns", "%.0f"),
                                new Column("bytes", "bytes allocated", "%.0f")),
                        rowsOfTable)));
    }

    private Collection<RunResult> measured(Path ranges) {
        try {
            return new Runner(new OptionsBuilder()
                            .include("^" + DecisionJmh.class.getName().replace(".", "\\.") + "\\.")
                            .param("ranges", ranges.toString())
                            .forks(1)
                            .warmupIterations(WARMUP_SECONDS)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(rounds)
                            .measurementTime(TimeValue.seconds(1))
                            .addProfiler(GCProfiler.class)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new CannotMeasure("JMH could not run: " + e.getMessage() + ".", e);
        }
    }

    @SuppressWarnings("rawtypes") // JMH's own type of a second result
    private static Map<String, Object> row(RunResult result) {
        String name = result.getPrimaryResult().getLabel();
        List<Double> nanos = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(round -> round.getPrimaryResult().getScore())
                .toList();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("part", PARTS.getOrDefault(name, name));
        row.put("nanos", new Rounds(nanos));
        for (var second : result.getSecondaryResults().values()) {
            if (second.getLabel().endsWith("gc.alloc.rate.norm")) {
                row.put("bytes", second.getScore());
            }
        }
        return row;
    }

    /** Ranges of all of IPv4, each of about the same size, countries in turn. */
    private static Path generated() {
        StringBuilder text = new StringBuilder(GENERATED * 26);
        long step = (1L << 32) / GENERATED;
        for (long row = 0; row < GENERATED; row++) {
            text.append(row * step)
                    .append(',')
                    .append((row + 1) * step - 1)
                    .append(',')
                    .append((char) ('A' + row % 26))
                    .append((char) ('A' + row % 25))
                    .append('\n');
        }
        try {
            Path file = Files.createTempFile("ranges", ".csv");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
