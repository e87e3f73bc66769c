package io.sluice.platform.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date in the background, so that a start does not need PostgreSQL: tries until it works, then tells
 * whoever waits for the schema. A migration that fails for itself, not for lack of a server, is logged as an error each time.
 */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);

    private final Flyway flyway;
    private final DatabaseConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean done;

    Migrations(Flyway flyway, DatabaseConfig config) {
        this.flyway = flyway;
        this.config = config;
    }

    /** Whether the schema is up to date. */
    public boolean done() {
        return done;
    }

    /** Runs {@code task} once the schema is there: at once, or on the migrating thread. It must not block for long. */
    public void whenDone(Runnable task) {
        synchronized (waiting) {
            if (!done) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().daemon().name("migrations").start(this::migrateUntilDone);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void migrateUntilDone() {
        try {
            while (!migrate()) {
                if (stopped.await(config.retry().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            LOG.warnf("migrations wait for PostgreSQL: %s", firstLine(e));
            return false;
        }
        List<Runnable> tasks;
        synchronized (waiting) {
            done = true;
            tasks = List.copyOf(waiting);
            waiting.clear();
        }
        tasks.forEach(Runnable::run);
        return true;
    }

    private static String firstLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
