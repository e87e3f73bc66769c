package io.sluice.optimizer.presence;

import io.quarkus.runtime.StartupEvent;
import io.sluice.optimizer.timing.Repeating;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects signs of life of receivers and writes them together, so that ten thousand of them cost one statement every two
 * seconds. A receiver shows it lives by registering, reading, acknowledging, and by an open stream.
 */
@ApplicationScoped
public class Presence {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int LONGEST_ID = 64;

    private final PresenceStore store;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile Supplier<List<String>> connected = List::of;

    Presence(PresenceStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, "presence", EVERY, this::write);
    }

    /** Notes a sign of life; unknown and absent ids are left out. */
    public void seen(@Nullable String workerId) {
        if (workerId != null && workerId.length() <= LONGEST_ID) {
            seen.add(workerId);
        }
    }

    /** Says how to learn whose stream is open. */
    public void connected(Supplier<List<String>> ids) {
        connected = ids;
    }

    private Uni<Void> write() {
        seen.addAll(connected.get());
        List<String> ids = List.copyOf(seen);
        ids.forEach(seen::remove);
        return ids.isEmpty() ? Uni.createFrom().voidItem() : store.seen(ids);
    }
}
