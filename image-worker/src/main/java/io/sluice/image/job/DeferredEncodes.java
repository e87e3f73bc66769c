package io.sluice.image.job;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Asks for an encode in the background. Never waits and never fails the request: while PostgreSQL is away a later request for
 * the address asks again.
 */
@ApplicationScoped
public class DeferredEncodes {
    private static final Logger LOG = Logger.getLogger(DeferredEncodes.class);
    private static final int REMEMBERED = 10_000;
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int PRIORITY = 7;

    private final JobStore store;
    private final NanoClock clock;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    DeferredEncodes(JobStore store, NanoClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Queues an address, once a minute however often it is asked for: a job that waits keeps its place. */
    public void enqueue(VariantAddress address) {
        String path = address.path();
        if (asked.size() >= REMEMBERED) {
            asked.clear();
        }
        long now = clock.nanos();
        if (asked.merge(path, now, (before, ignored) -> now - before < AGAIN_NANOS ? before : now) != now) {
            return;
        }
        store.enqueue(new NewJob("encode", address.oid(), List.of(path), PRIORITY))
                .subscribe()
                .with(id -> LOG.debugf("queued %s as job %d", path, id), failure -> {
                    asked.remove(path);
                    LOG.debugf("not queued: %s", failure.getMessage());
                });
    }
}
