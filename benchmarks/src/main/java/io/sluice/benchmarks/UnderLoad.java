package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Servers under the same constant load, one after the other, in another order each round: requests, CPU of each, latency. */
final class UnderLoad {
    private static final int WARM_UP_REQUESTS = 500_000;
    private static final int WARM_UP_SECONDS = 5;
    private static final int WARM_UP_SPANS = 8;

    private final String benchmark;
    private final Load load;
    private final Options options;
    private final List<Contestant> contestants;

    /** @param servers in the order of the table; ours is the first */
    UnderLoad(String benchmark, Load load, Options options, List<Server> servers) {
        this.benchmark = benchmark;
        this.load = load;
        this.options = options;
        this.contestants = servers.stream()
                .map(server -> new Contestant(server, new ArrayList<>()))
                .toList();
    }

    /** One that takes part. */
    record Server(String name, int port, ServerProcess process) {}

    private record Contestant(Server server, List<Span> spans) {
        Rounds rounds(Function<Span, Double> figure) {
            return new Rounds(spans.stream().map(figure).toList());
        }

        Rounds cpu() {
            return rounds(Span::cpuMicros);
        }
    }

    /** What one round of one server came to. */
    private record Span(double requestsPerSecond, double cpuMicros, double p99Millis) {}

    /** Warms everybody up, runs all rounds. */
    Table table(String title) {
        contestants.forEach(this::warmUp);
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                measure(contestants.get((i + round) % contestants.size()));
            }
            tell(round);
        }
        Rounds ours = contestants.getFirst().cpu();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("server", contestant.server().name());
            row.put("requestsPerSecond", contestant.rounds(Span::requestsPerSecond));
            row.put("cpuMicrosPerRequest", contestant.cpu());
            row.put("sluiceToThis", ours.median() / contestant.cpu().median());
            row.put("p99Millis", contestant.rounds(Span::p99Millis));
            rows.add(row);
        }
        return new Table(
                title + ", median (lowest-highest) of " + options.rounds() + " rounds of " + options.seconds() + " s",
                List.of(
                        new Column("server", "server", "%s"),
                        new Column("requestsPerSecond", "requests/s", "%.0f"),
                        new Column("cpuMicrosPerRequest", "CPU µs/request", "%.2f"),
                        new Column("sluiceToThis", "Sluice's CPU to this", "%.2f x"),
                        new Column("p99Millis", "p99 ms", "%.1f")),
                rows);
    }

    /** How it was done, in the words of a report. */
    static List<String> notes() {
        return List.of(
                "CPU is utime + stime of the server's process and its children; it is the figure to compare."
                        + " Requests/s depend on what else the machine does.",
                Tools.canPin()
                        ? "Each server is held to one core, wrk (1 thread, 64 connections kept open) to another; servers"
                                + " take turns, the order changes each round."
                        : "Servers and wrk (1 thread, 64 connections kept open) share the cores; servers take turns, the"
                                + " order changes each round.",
                "Everybody is warmed up with " + WARM_UP_REQUESTS + " requests (at most "
                        + WARM_UP_SPANS * WARM_UP_SECONDS + " s).");
    }

    static String wrkVersion() {
        String first = Tools.output(List.of(Tools.require("wrk", "wrk"), "-v"))
                .lines()
                .findFirst()
                .orElse("");
        return first.replaceFirst("^wrk (\\S+).*", "$1");
    }

    /** Until just-in-time compilation is over: it costs several times the work that is measured. */
    private void warmUp(Contestant contestant) {
        long requests = 0;
        for (int span = 0; span < WARM_UP_SPANS && requests < WARM_UP_REQUESTS; span++) {
            requests += load.run(contestant.server().port(), WARM_UP_SECONDS).requests();
        }
    }

    private void measure(Contestant contestant) {
        ServerProcess process = contestant.server().process();
        double before = process.cpuSeconds();
        Load.Outcome outcome = load.run(contestant.server().port(), options.seconds());
        double cpu = process.cpuSeconds() - before;
        contestant
                .spans()
                .add(new Span(
                        outcome.requests() / outcome.seconds(),
                        cpu * 1e6 / outcome.requests(),
                        outcome.p99Micros() / 1000.0));
    }

    private void tell(int round) {
        System.out.println(benchmark + ": round " + (round + 1) + ", CPU µs/request: "
                + contestants.stream()
                        .map(contestant -> "%s %.2f"
                                .formatted(
                                        contestant.server().name(),
                                        contestant.spans().get(round).cpuMicros()))
                        .collect(Collectors.joining(", ")));
    }
}
