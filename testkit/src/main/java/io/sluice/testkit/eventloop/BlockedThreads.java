package io.sluice.testkit.eventloop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Listens to Vert.x's blocked-thread checker while a test runs. Start it before the traffic, and call {@link #assertNone} after
 * it; set {@code quarkus.vertx.max-event-loop-execute-time} and {@code quarkus.vertx.blocked-thread-check-interval} low enough
 * that a blocking call is seen.
 */
public final class BlockedThreads implements AutoCloseable {
    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(CHECKER);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            seen.add(String.valueOf(entry.getMessage()));
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    };

    public BlockedThreads() {
        logger.addHandler(handler);
    }

    /** Fails when an event loop was blocked since the start. */
    public void assertNone() {
        if (!seen.isEmpty()) {
            throw new AssertionError("an event loop was blocked: " + seen.getFirst());
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
