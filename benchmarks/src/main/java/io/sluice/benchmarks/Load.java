package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Constant load on one server: wrk with one thread and 64 connections that are kept open, as fast as the server answers. */
final class Load {
    /** As a browser sends it. */
    static final String ACCEPT = "image/avif,image/webp,image/*,*/*;q=0.8";

    private static final int CONNECTIONS = 64;

    /** Requests are written once, at the start, so that wrk's own work does not depend on their number; each has a client of its own. */
    private static final String SCRIPT = """
            local requests = {}
            local next = 0
            function init(args)
              wrk.headers["Accept"] = args[2]
              for path in io.lines(args[1]) do
                wrk.headers["X-Forwarded-For"] = string.format("%d.%d.%d.%d",
                  math.random(1, 223), math.random(0, 255), math.random(0, 255), math.random(1, 254))
                requests[#requests + 1] = wrk.format("GET", path)
              end
            end
            function request()
              next = next % #requests + 1
              return requests[next]
            end
            function done(summary, latency)
              local e = summary.errors
              io.write(string.format("summary %d %d %d %d %d\\n", summary.requests, summary.duration,
                e.connect + e.read + e.write + e.timeout, e.status, latency:percentile(99)))
            end
            """;

    private final String wrk = Tools.require("wrk", "wrk");
    private final Path script;
    private final Path paths;

    /** @param folder for wrk's script and the list of paths */
    Load(Path folder, List<String> requestPaths) {
        try {
            this.script = Files.writeString(folder.resolve("load.lua"), SCRIPT);
            this.paths = Files.write(folder.resolve("paths.txt"), requestPaths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a span of load came to.
     *
     * @param requests answered
     * @param seconds it took
     * @param p99Micros latency below which 99 of 100 stayed
     */
    record Outcome(long requests, double seconds, long p99Micros) {}

    /**
     * Puts load on a server and waits for its end.
     *
     * @throws CannotMeasure when an answer was an error: figures of a server that fails mean nothing
     */
    Outcome run(int port, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                wrk, "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "--timeout", "5s", "-s", script.toString()));
        command.addAll(List.of("http://127.0.0.1:" + port, "--", paths.toString(), ACCEPT));
        return parse(Tools.run(Tools.onCore(1, command)));
    }

    static Outcome parse(String output) {
        String summary = output.lines()
                .filter(line -> line.startsWith("summary "))
                .findFirst()
                .orElseThrow(() -> new CannotMeasure("wrk did not finish: " + output.strip()));
        String[] fields = summary.split(" ");
        long failed = Long.parseLong(fields[3]) + Long.parseLong(fields[4]);
        long requests = Long.parseLong(fields[1]);
        if (failed > 0 || requests == 0) {
            throw new CannotMeasure(failed + " of " + requests + " requests failed under load: nothing was measured.");
        }
        return new Outcome(requests, Long.parseLong(fields[2]) / 1e6, Long.parseLong(fields[5]));
    }
}
