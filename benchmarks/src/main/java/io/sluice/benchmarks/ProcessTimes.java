package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children have used, as the kernel counts it: proc_pid_stat(5), proc_pid_status(5). The kernel ticks
 * 100 times a second, so a span should last seconds.
 */
final class ProcessTimes {
    /** USER_HZ: 100 on every architecture that Linux runs a JDK on. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessTimes() {}

    /** User and system seconds of all threads of a process, of its living children, and of those it has waited for. */
    static double cpuSeconds(ProcessHandle process) {
        long ticks = 0;
        for (long pid : family(process)) {
            ticks += ticks(read(pid, "stat"));
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Sum of the largest resident sizes that the process and each of its children have had, in bytes. */
    static long peakResidentBytes(ProcessHandle process) {
        long bytes = 0;
        for (long pid : family(process)) {
            bytes += peakResidentBytes(read(pid, "status"));
        }
        return bytes;
    }

    /** Sum of what the process and each of its children have resident now, in bytes. */
    static long residentBytes(ProcessHandle process) {
        long bytes = 0;
        for (long pid : family(process)) {
            bytes += sizeOf("VmRSS:", read(pid, "status"));
        }
        return bytes;
    }

    /** utime + stime + cutime + cstime of a line of {@code /proc/PID/stat}; 0 for an empty one. */
    static long ticks(String stat) {
        int nameEnd = stat.lastIndexOf(')'); // the name in front of it may hold spaces and brackets
        if (nameEnd < 0) {
            return 0;
        }
        String[] fields = stat.substring(nameEnd + 2).trim().split(" ");
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]); // fields[0] is field 3
        }
        return ticks;
    }

    /** VmHWM of a {@code /proc/PID/status}; 0 when it is not there. */
    static long peakResidentBytes(String status) {
        return sizeOf("VmHWM:", status);
    }

    private static long sizeOf(String field, String status) {
        return status.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).replace("kB", "").trim())
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static List<Long> family(ProcessHandle process) {
        List<Long> family = new ArrayList<>();
        try (Stream<ProcessHandle> children = process.descendants()) {
            family.add(process.pid());
            children.map(ProcessHandle::pid).forEach(family::add);
        }
        return family;
    }

    /** Empty when the process has ended meanwhile; its parent then counts it. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}
