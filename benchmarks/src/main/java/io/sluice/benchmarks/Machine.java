package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures were taken on. Says nothing by which the machine could be found: no name, no address, no path. */
final class Machine {
    private Machine() {}

    /** Name and value, in the order in which they are printed. */
    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", field("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(allowedCores().size()));
        facts.put(
                "memory",
                Long.parseLong(field("/proc/meminfo", "MemTotal")
                                        .replace("kB", "")
                                        .trim())
                                / 1024 + " MiB");
        facts.put(
                "kernel",
                "Linux "
                        + read("/proc/sys/kernel/osrelease")
                                .replaceAll("^(\\d+\\.\\d+).*\\s*$", "$1")
                                .strip());
        facts.put("jdk", System.getProperty("java.vendor.version", "") + " (" + Runtime.version() + ")");
        facts.put("load before", read("/proc/loadavg").split(" ")[0]);
        return facts;
    }

    /** The cores this process may use. */
    static List<Integer> allowedCores() {
        return cores(field("/proc/self/status", "Cpus_allowed_list"));
    }

    /** Reads a list such as {@code 0-2,5}. */
    static List<Integer> cores(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String part : list.trim().split(",")) {
            String[] ends = part.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    /** How many files each process may have open: the hard limit, which a JVM takes for itself. */
    static int mostOpenFiles() {
        return mostOpenFiles(read("/proc/self/limits"));
    }

    /** The hard limit in a {@code /proc/PID/limits}. */
    static int mostOpenFiles(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.trim().split("\\s+")[4])
                .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private static String field(String file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
