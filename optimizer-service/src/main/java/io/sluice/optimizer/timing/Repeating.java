package io.sluice.optimizer.timing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs asynchronous work at intervals on an event loop, never twice at once. What fails is logged and tried again at the next
 * turn; the work must not block.
 */
public final class Repeating implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Repeating.class);

    private final Vertx vertx;
    private final String name;
    private final Supplier<Uni<Void>> work;
    private final AtomicBoolean running = new AtomicBoolean();
    private final long timer;
    private volatile boolean closed;

    /** Begins at once. */
    public Repeating(Vertx vertx, String name, Duration every, Supplier<Uni<Void>> work) {
        this.vertx = vertx;
        this.name = name;
        this.work = work;
        this.timer = vertx.setPeriodic(Math.max(1, every.toMillis()), ignored -> run());
        run();
    }

    /** Runs the work now, unless it is running. */
    public void run() {
        if (closed || !running.compareAndSet(false, true)) {
            return;
        }
        Uni.createFrom()
                .deferred(() -> work.get())
                .onTermination()
                .invoke(() -> running.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("%s: %s", name, failure.getMessage()));
    }

    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }
}
