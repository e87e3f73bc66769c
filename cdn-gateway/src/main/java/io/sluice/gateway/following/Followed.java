package io.sluice.gateway.following;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.database.Migrations;
import io.sluice.platform.snapshot.SnapshotFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A piece of control state as PostgreSQL has it: read each second, so that all replicas have it soon; kept on disk, so that a
 * start without PostgreSQL has the last one. Reading what is current takes no lock.
 *
 * @param <T> a record that Jackson knows
 */
public final class Followed<T> {
    private static final Logger LOG = Logger.getLogger(Followed.class);
    private static final long POLL_MILLIS = 1000;

    private final Supplier<Uni<T>> source;
    private final SnapshotFile file;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final WorkerExecutor disk;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile T current;
    private long poll = -1;

    /**
     * @param source reads it from PostgreSQL
     * @param first what holds before the first contact, unless the disk has something
     * @param path file that keeps it
     */
    public Followed(Supplier<Uni<T>> source, T first, Path path, Vertx vertx, ObjectMapper json) {
        this.source = source;
        this.file = new SnapshotFile(path);
        this.vertx = vertx;
        this.json = json;
        this.disk = vertx.createSharedWorkerExecutor("snapshots", 1);
        this.current = first;
    }

    /** What is known now. */
    public T current() {
        return current;
    }

    /** Calls {@code listener} when it has changed; it must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Reads it now. */
    public Uni<T> refresh() {
        return source.get().invoke(this::adopt);
    }

    /** Takes what the disk has, then follows PostgreSQL. */
    public void start(Migrations migrations, Class<T> type) {
        try {
            byte[] content = file.read().orElse(null);
            if (content != null) {
                current = json.readValue(content, type);
            }
        } catch (IOException e) {
            LOG.warnf("%s could not be read and is not used: %s", file.path(), e.getMessage());
        }
        poll = vertx.setPeriodic(POLL_MILLIS, ignored -> {
            if (migrations.done()) {
                refresh()
                        .subscribe()
                        .with(
                                value -> {},
                                failure ->
                                        LOG.debugf("%s could not be refreshed: %s", file.path(), failure.getMessage()));
            }
        });
    }

    /** Stops following. */
    public void stop() {
        vertx.cancelTimer(poll);
    }

    private void adopt(T next) {
        if (next.equals(current)) {
            return;
        }
        current = next;
        listeners.forEach(Runnable::run);
        disk.executeBlocking(() -> {
                    file.write(json.writeValueAsBytes(next));
                    return null;
                })
                .onFailure(failure -> LOG.warnf("%s could not be written: %s", file.path(), failure.getMessage()));
    }
}
