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
    private final Set<String> callers = ConcurrentHashMap.newKeySet();

    Presence(PresenceStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        var _ = new Repeating(vertx, "presence", EVERY, this::write);
    }

    /**
     * Notes a sign of life.
     *
     * @param workerId how the receiver names itself ({@code ?worker=}); unknown ids are left out
     * @param caller the token's name: a receiver that does not name itself is known by the token it registered with
     */
    public void seen(@Nullable String workerId, String caller) {
        if (workerId == null) {
            callers.add(caller);
        } else if (workerId.length() <= LONGEST_ID) {
            seen.add(workerId);
        }
    }

    private Uni<Void> write() {
        List<String> ids = List.copyOf(seen);
        List<String> tokens = List.copyOf(callers);
        ids.forEach(seen::remove);
        tokens.forEach(callers::remove);
        return ids.isEmpty() && tokens.isEmpty() ? Uni.createFrom().voidItem() : store.seen(ids, tokens);
    }
}
