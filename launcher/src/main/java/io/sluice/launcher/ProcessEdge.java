package io.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An edge that is a process with what it starts itself; how it can be broken is the same for all of them. */
abstract class ProcessEdge implements Edge {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private @Nullable Child child;
    private Duration delay = Duration.ZERO;

    ProcessEdge(String name) {
        this.name = name;
    }

    /** Starts it anew, with this delay before each response. */
    abstract Child launch(Duration delay);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void start() {
        child = launch(delay);
    }

    @Override
    public final void stop() {
        if (child != null) {
            child.stop(GRACE);
            child = null;
        }
    }

    @Override
    public final void kill() {
        if (child != null) {
            signal("CONT");
            child.kill();
            child = null;
        }
    }

    @Override
    public final void hang() {
        signal("STOP");
    }

    @Override
    public final void resume() {
        signal("CONT");
    }

    @Override
    public final void slow(Duration added) {
        delay = added;
        if (child != null) {
            stop();
            start();
        }
    }

    @Override
    public final boolean alive() {
        return child != null && child.alive();
    }

    @Override
    public final List<Long> pids() {
        if (child == null) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(child.pid()),
                        ProcessHandle.of(child.pid()).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
    }

    private void signal(String signal) {
        for (long pid : pids()) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
