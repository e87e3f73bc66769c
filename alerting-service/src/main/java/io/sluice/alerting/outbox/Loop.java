package io.sluice.alerting.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs one asynchronous round after the other, never two at a time: at once while rounds find work or somebody wakes it, else
 * after a pause. A round that fails is a round that found nothing.
 */
public final class Loop {
    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final Vertx vertx;
    private final Duration pause;
    private final Supplier<Uni<Boolean>> round;
    private final String name;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean stopped = true;
    private volatile boolean quiet;

    /** @param round answers whether it found work, so that there may be more */
    public Loop(String name, Vertx vertx, Duration pause, Supplier<Uni<Boolean>> round) {
        this.name = name;
        this.vertx = vertx;
        this.pause = pause;
        this.round = round;
    }

    /** Starts it. */
    public void start() {
        stopped = false;
        vertx.setPeriodic(1, pause.toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                wake();
            }
        });
    }

    /** Lets the present round end and begins no other. */
    public void stop() {
        stopped = true;
    }

    /** Begins a round now, or right after the present one. */
    public void wake() {
        woken.set(true);
        run();
    }

    /** Begins a round in a while. */
    public void wakeAfter(Duration wait) {
        vertx.setTimer(Math.max(1, wait.toMillis()), timer -> wake());
    }

    private void run() {
        if (stopped || !running.compareAndSet(false, true)) {
            return;
        }
        woken.set(false);
        Uni.createFrom().deferred(round::get).subscribe().with(this::after, this::failed);
    }

    private void after(boolean more) {
        quiet = false;
        running.set(false);
        if (more || woken.get()) {
            vertx.runOnContext(ignored -> run());
        }
    }

    private void failed(Throwable failure) {
        if (!quiet) { // once, not each second of an outage
            LOG.warnf("%s waits: %s", name, failure.getMessage());
        }
        quiet = true;
        running.set(false);
    }
}
