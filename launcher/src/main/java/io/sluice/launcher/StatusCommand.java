package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ./sluice status}, {@code edge} and {@code service}: looks at a running suite and breaks parts of it on purpose. */
final class StatusCommand {
    private final Running running;
    private final Api api;

    StatusCommand(Layout layout) {
        running = Running.of(layout);
        api = new Api(running.secrets().token("operator"));
    }

    /** Prints processes, readiness and memory; fails when a service is not ready. */
    void run() throws IOException {
        JsonNode status = require(api.get(running.control("/status")));
        System.out.printf("started in %.1f s%n%n", status.path("startupMillis").asLong() / 1000.0);
        System.out.printf("%-18s %8s %10s %10s  %s%n", "process", "pid", "RSS", "PSS", "state");
        long total = 0;
        long proportional = 0;
        boolean allReady = true;
        for (Map.Entry<String, JsonNode> entry : status.path("pids").properties()) {
            long rss = 0;
            long pss = 0;
            String pid = "-";
            for (JsonNode id : entry.getValue()) {
                pid = pid.equals("-") ? id.asText() : pid;
                rss += bytes(Path.of("/proc/" + id + "/status"), "VmRSS:");
                pss += bytes(Path.of("/proc/" + id + "/smaps_rollup"), "Pss:");
            }
            total += rss;
            proportional += pss;
            String state = state(entry.getKey(), entry.getValue().isEmpty());
            allReady &= !state.startsWith("not ready");
            System.out.printf("%-18s %8s %7.1f MB %7.1f MB  %s%n", entry.getKey(), pid, rss / 1e6, pss / 1e6, state);
        }
        System.out.printf("%-18s %8s %7.1f MB %7.1f MB%n", "together", "", total / 1e6, proportional / 1e6);
        System.out.println("RSS counts a page once for each process that maps it, PSS once in all.");
        if (!allReady) {
            throw new Remedy("Not every service is ready: its /q/health/ready says why.");
        }
    }

    /** {@code edge NAME kill|start|hang|resume|slow [ms]}. */
    void edge(List<String> arguments) throws IOException {
        if (arguments.size() < 2) {
            throw new Remedy("Say which edge and what: ./sluice edge edge-a kill|start|hang|resume|slow 500.");
        }
        String query = arguments.size() > 2 ? "?ms=" + arguments.get(2) : "";
        require(api.send("POST", running.control("/edges/" + arguments.get(0) + "/" + arguments.get(1) + query), null));
        System.out.println(arguments.get(0) + ": " + arguments.get(1));
    }

    /** {@code service NAME kill|start}. */
    void service(List<String> arguments) throws IOException {
        if (arguments.size() != 2) {
            throw new Remedy("Say which service and what: ./sluice service optimizer-service kill|start.");
        }
        require(api.send("POST", running.control("/services/" + arguments.get(0) + "/" + arguments.get(1)), null));
        System.out.println(arguments.get(0) + ": " + arguments.get(1));
    }

    private String state(String name, boolean gone) throws IOException {
        if (gone) {
            return name.startsWith("edge") ? "down" : "not ready (down)";
        }
        for (Service service : Service.values()) {
            if (service.id().equals(name)) {
                try {
                    return api.get(running.service(service, "/q/health/ready")).status() == 200 ? "ready" : "not ready";
                } catch (IOException e) {
                    return "not ready (" + e.getMessage() + ")";
                }
            }
        }
        return "runs";
    }

    private static JsonNode require(Api.Answer answer) {
        if (answer.status() != 200) {
            throw new Remedy(answer.json().path("detail").asText("The launcher answered " + answer.status() + "."));
        }
        return answer.json();
    }

    /** One figure of a file in {@code /proc}; 0 when the process has ended. */
    private static long bytes(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
