package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system. */
final class Tools {
    private Tools() {}

    /** Where a program is, or a sentence that says which Debian package has it. */
    static String require(String program, String debianPackage) {
        return find(program)
                .orElseThrow(() -> new CannotMeasure(
                        program + " is not installed: install it (Debian's package " + debianPackage + ")."));
    }

    static Optional<String> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** What a command prints, both streams, whatever its exit code: some print their version and fail. */
    static String output(List<String> command) {
        return run(command, true);
    }

    /** Runs a command that must succeed, and returns what it prints. */
    static String run(List<String> command) {
        return run(command, false);
    }

    /** The command, held to one core, where the machine has two and taskset is there. */
    static List<String> onCore(int core, List<String> command) {
        Optional<String> taskset = find("taskset");
        List<Integer> cores = Machine.allowedCores();
        if (taskset.isEmpty() || cores.size() < 2) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of(taskset.get(), "-c", Integer.toString(cores.get(core))));
        pinned.addAll(command);
        return pinned;
    }

    static boolean canPin() {
        return find("taskset").isPresent() && Machine.allowedCores().size() >= 2;
    }

    private static String run(List<String> command, boolean mayFail) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && !mayFail) {
                throw new CannotMeasure(command.getFirst() + " failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
    }
}
