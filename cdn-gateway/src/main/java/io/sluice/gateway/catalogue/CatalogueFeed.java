package io.sluice.gateway.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.image.CatalogueHello;
import io.sluice.contracts.image.Source;
import io.sluice.platform.neighbour.Neighbours;
import io.sluice.platform.snapshot.SnapshotFile;
import io.sluice.platform.stream.EventStream;
import io.sluice.platform.stream.ServerSentEvent;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the catalogue up to date by image-worker's change feed, and on disk. */
@ApplicationScoped
@RegisterForReflection(targets = {CatalogueHello.class, Source.class})
class CatalogueFeed {
    private static final Logger LOG = Logger.getLogger(CatalogueFeed.class);
    private static final String WORKER = "image-worker";

    private final Catalogue catalogue;
    private final CatalogueConfig config;
    private final Neighbours neighbours;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final RandomGenerator random;
    private final SnapshotFile file;
    private final WorkerExecutor disk;
    private @Nullable EventStream stream;
    private long saving = -1;
    private volatile long savedSeq;

    CatalogueFeed(
            Catalogue catalogue,
            CatalogueConfig config,
            Neighbours neighbours,
            Vertx vertx,
            ObjectMapper json,
            RandomGenerator random,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.catalogue = catalogue;
        this.config = config;
        this.neighbours = neighbours;
        this.vertx = vertx;
        this.json = json;
        this.random = random;
        this.file = new SnapshotFile(folder.resolve("catalogue.snapshot"));
        this.disk = vertx.createSharedWorkerExecutor("snapshots", 1);
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        try {
            byte[] content = file.read().orElse(null);
            if (content != null) {
                catalogue.restore(content);
                savedSeq = catalogue.seq();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("%s cannot be used and is built anew: %s", file.path(), e.getMessage());
            catalogue.clear();
        }
        neighbours.url(WORKER).ifPresent(this::follow);
        saving = vertx.setPeriodic(
                config.saveInterval().toMillis(),
                ignored -> disk.executeBlocking(() -> {
                    save();
                    return null;
                }));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(saving);
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
        save();
    }

    private void follow(String url) {
        EventStream opened = new EventStream(
                vertx,
                EventStream.Options.of(
                        url + "/api/v1/sources/changes", () -> neighbours.headers(WORKER), config.silence()),
                random,
                this::take);
        stream = opened;
        opened.open(Long.toString(catalogue.seq()));
    }

    private void take(ServerSentEvent event) {
        neighbours.report(WORKER, true, "");
        try {
            switch (event.name()) {
                case "hello" -> greet(json.readValue(event.data(), CatalogueHello.class));
                case "source" -> catalogue.changed(json.readValue(event.data(), Source.class));
                default -> {
                    // A heartbeat, or what a later version sends.
                }
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("event %s of image-worker cannot be read: %s", event.name(), e.getOriginalMessage());
        }
    }

    private void greet(CatalogueHello hello) {
        if (!hello.profiles().isEmpty()) {
            catalogue.profile(hello.profiles().getFirst());
        }
        if (hello.seq() < catalogue.seq()) {
            LOG.warnf(
                    "the change feed stands at %d, behind %d: the catalogue begins anew", hello.seq(), catalogue.seq());
            catalogue.clear();
            EventStream old = stream;
            if (old != null) {
                old.close();
            }
            neighbours.url(WORKER).ifPresent(this::follow);
        }
    }

    private synchronized void save() {
        long seq = catalogue.seq();
        if (seq == savedSeq) {
            return;
        }
        try {
            file.write(catalogue.save());
            savedSeq = seq;
        } catch (IOException e) {
            LOG.warnf("%s could not be written: %s", file.path(), e.getMessage());
        }
    }
}
