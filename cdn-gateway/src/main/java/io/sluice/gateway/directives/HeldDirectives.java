package io.sluice.gateway.directives;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.snapshot.SnapshotFile;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The held directives on disk, so that a restart without the optimizer keeps both level and expiry. */
@ApplicationScoped
@RegisterForReflection(targets = {HeldDirectives.Saved.class, DirectiveInbox.Held.class})
class HeldDirectives {
    private static final Logger LOG = Logger.getLogger(HeldDirectives.class);

    private final SnapshotFile file;
    private final WorkerExecutor disk;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final NanoClock nanos;

    /**
     * Content of the file.
     *
     * @param at when it was written
     * @param directives as they were held
     */
    record Saved(Instant at, List<DirectiveInbox.Held> directives) {}

    HeldDirectives(
            Vertx vertx,
            ObjectMapper json,
            InstantSource clock,
            NanoClock nanos,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.file = new SnapshotFile(folder.resolve("directives.snapshot"));
        this.disk = vertx.createSharedWorkerExecutor("snapshots", 1);
        this.json = json;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Blocking: at the start only. */
    void restore(DirectiveInbox inbox) {
        try {
            byte[] content = file.read().orElse(null);
            if (content != null) {
                Saved saved = json.readValue(content, Saved.class);
                inbox.restore(saved.directives(), Duration.between(saved.at(), clock.instant()), nanos.nanos());
            }
        } catch (IOException e) {
            LOG.warnf("%s could not be read and is not used: %s", file.path(), e.getMessage());
        }
    }

    void saveSoon(DirectiveInbox inbox) {
        disk.executeBlocking(() -> {
            save(inbox);
            return null;
        });
    }

    /** Blocking. */
    void save(DirectiveInbox inbox) {
        List<DirectiveInbox.Held> held = inbox.save(nanos.nanos());
        if (held.isEmpty()) {
            return;
        }
        try {
            file.write(json.writeValueAsBytes(new Saved(clock.instant(), held)));
        } catch (IOException e) {
            LOG.warnf("%s could not be written: %s", file.path(), e.getMessage());
        }
    }
}
