package io.sluice.benchmarks;

import java.util.Arrays;

/** What {@code ./sluice bench} runs. A {@link CannotMeasure} is printed as one sentence; the exit code is 1. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        try {
            Options options = Options.parse(Arrays.asList(args));
            Workspace workspace = Workspace.find();
            for (String name : options.names()) {
                Report report = switch (name) {
                    case "gateway" -> new GatewayBenchmark(workspace, options).run();
                    case "image" -> new ImageBenchmark(workspace, options).run();
                    case "stored" -> new StoredBenchmark(workspace, options).run();
                    case "decision" -> new DecisionBenchmark(options.rounds()).run();
                    case "broadcast" -> new BroadcastBenchmark(workspace, options).run();
                    case "levels" -> new LevelsBenchmark(workspace, options).run();
                    case "selection" -> new SelectionBenchmark().run();
                    default -> new ControlBenchmark().run();
                };
                report.write(workspace.results());
                System.out.println();
                System.out.println(report.markdown());
                System.out.println("Written to benchmarks/results/" + name + ".json and .md");
            }
        } catch (CannotMeasure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
