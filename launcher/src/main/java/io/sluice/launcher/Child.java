package io.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process of the suite. While it lives, a file in {@code run/} names its id and start, so that a launcher that comes after a
 * {@code kill -9} of this one can end exactly this process and no other that was given the same id.
 */
final class Child {
    private final String name;
    private final Process process;
    private final Path pidFile;

    private Child(String name, Process process, Path pidFile) {
        this.name = name;
        this.process = process;
        this.pidFile = pidFile;
    }

    static Child start(Layout layout, String name, List<String> command, Map<String, String> environment, Path folder) {
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            layout.logs().resolve(name + ".log").toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Path pidFile = layout.run().resolve(name + ".pid");
            record(pidFile, process.toHandle());
            return new Child(name, process, pidFile);
        } catch (IOException e) {
            throw new Remedy(name + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    String name() {
        return name;
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Runs {@code task} on another thread when the process has ended. */
    void onExit(Runnable task) {
        Thread.ofVirtual().name(name + "-exit").start(() -> {
            process.onExit().join();
            task.run();
        });
    }

    /** Asks it to end in order, then ends it; its children, too. */
    void stop(Duration patience) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        await(patience);
        family.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        forget();
    }

    /** {@code kill -9} of it and its children. */
    void kill() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        await(Duration.ofSeconds(5));
        forget();
    }

    private void await(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is ended by force next.
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes down a process that somebody else started, such as PostgreSQL's. */
    static void record(Path pidFile, ProcessHandle handle) {
        String start = handle.info().startInstant().map(Instant::toString).orElse("");
        try {
            Files.writeString(pidFile, handle.pid() + " " + start + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what a launcher that was killed has left, and says how many that were. */
    static int endLeftovers(Layout layout) {
        int ended = 0;
        try (Stream<Path> files = Files.list(layout.run())) {
            // PostgreSQL goes last: it ends when its clients have.
            List<Path> notes = files.filter(file -> file.toString().endsWith(".pid"))
                    .sorted(Comparator.comparing((Path file) -> file.endsWith("postgresql.pid")))
                    .toList();
            for (Path file : notes) {
                String[] parts = Files.readString(file).trim().split(" ", 2);
                if (endIfSame(Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : "")) {
                    ended++;
                }
                Files.deleteIfExists(file);
            }
        } catch (IOException | NumberFormatException e) {
            throw new Remedy("The notes in " + layout.run() + " cannot be read: remove that folder.", e);
        }
        return ended;
    }

    private static boolean endIfSame(long pid, String start) {
        ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
        if (handle == null
                || !handle.info()
                        .startInstant()
                        .map(Instant::toString)
                        .orElse("")
                        .equals(start)) {
            return false;
        }
        List<ProcessHandle> family = handle.descendants().toList();
        handle.destroy();
        try {
            handle.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            handle.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        return true;
    }
}
