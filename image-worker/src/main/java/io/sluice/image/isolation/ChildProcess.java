package io.sluice.image.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The parent's end of a child. One thread asks at a time; any thread may kill. */
final class ChildProcess {
    private static final int SIGNALLED = 128;

    private final Process process;
    private final OutputStream requests;
    private final InputStream replies;
    private int images;
    private volatile boolean overdue;

    ChildProcess(Process process) {
        this.process = process;
        this.requests = new BufferedOutputStream(process.getOutputStream());
        this.replies = new BufferedInputStream(process.getInputStream());
    }

    /** @throws IOException when the child is gone, or goes */
    Reply ask(Request request) throws IOException {
        images += request.work() ? 1 : 0;
        Frames.write(requests, request);
        return Frames.reply(replies);
    }

    /** Encodes and looks it was asked for. */
    int images() {
        return images;
    }

    /** CPU time it used so far, children of its own not counted; zero when the system does not tell. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Kills it, for its encode takes too long. */
    void overdue() {
        overdue = true;
        kill();
    }

    boolean wasOverdue() {
        return overdue;
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, which must be near, and says what it was. */
    String end() throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
            process.waitFor();
        }
        int status = process.exitValue();
        return status > SIGNALLED ? "signal " + (status - SIGNALLED) : "exit status " + status;
    }
}
