package io.sluice.image.job;

import io.sluice.image.directive.ReceiverConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who claims jobs: the worker's id, which is stable over restarts, and one that is new with each start. */
@ApplicationScoped
class WorkerName {
    private final String id;
    private final String owner;

    WorkerName(ReceiverConfig config) {
        this.id = config.workerId();
        this.owner = id + '/' + UUID.randomUUID();
    }

    /** For example {@code image-worker-0}. */
    String id() {
        return id;
    }

    /** The same with a slash and this start's own id. */
    String owner() {
        return owner;
    }
}
