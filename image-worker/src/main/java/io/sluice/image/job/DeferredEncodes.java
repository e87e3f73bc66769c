package io.sluice.image.job;

import io.sluice.contracts.image.VariantAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Asks for an encode in the background. Never waits and never fails the request: while PostgreSQL is away the next request
 * for the address asks again.
 */
@ApplicationScoped
public class DeferredEncodes {
    private static final Logger LOG = Logger.getLogger(DeferredEncodes.class);
    private static final int REMEMBERED = 10_000;

    private final JobStore store;
    private final Map<String, Boolean> asked = new ConcurrentHashMap<>();

    DeferredEncodes(JobStore store) {
        this.store = store;
    }

    /** Queues an address, once while this worker runs: a row that exists keeps its place. */
    public void enqueue(VariantAddress address) {
        String path = address.path();
        if (asked.size() >= REMEMBERED) {
            asked.clear();
        }
        if (asked.putIfAbsent(path, true) != null) {
            return;
        }
        store.enqueue(path).subscribe().with(ignored -> LOG.debugf("queued %s", path), failure -> {
            asked.remove(path);
            LOG.debugf("not queued: %s", failure.getMessage());
        });
    }
}
