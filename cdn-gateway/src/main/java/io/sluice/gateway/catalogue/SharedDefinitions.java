package io.sluice.gateway.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.image.NamedMark;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.contracts.page.Page;
import io.sluice.gateway.negotiation.Preset;
import io.sluice.platform.neighbour.Neighbours;
import io.sluice.platform.snapshot.SnapshotFile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Presets and watermarks as image-worker has them: asked for now and then, kept in memory and on disk. While image-worker is away,
 * what was known last holds.
 */
@Singleton
@RegisterForReflection(targets = {NamedPreset.class, NamedMark.class, Page.class, SharedDefinitions.Saved.class})
public class SharedDefinitions {
    private static final Logger LOG = Logger.getLogger(SharedDefinitions.class);
    private static final String WORKER = "image-worker";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Neighbours neighbours;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final Duration interval;
    private final SnapshotFile file;
    private final AtomicBoolean asking = new AtomicBoolean();
    private long timer = -1;
    private volatile Saved saved = new Saved(List.of(), List.of());
    private volatile Map<String, Preset> presets = Map.of();
    private volatile Map<String, String> marks = Map.of();

    SharedDefinitions(
            Neighbours neighbours,
            Vertx vertx,
            ObjectMapper json,
            CatalogueConfig config,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.neighbours = neighbours;
        this.vertx = vertx;
        this.json = json;
        this.interval = config.definitionsInterval();
        this.file = new SnapshotFile(folder.resolve("definitions.snapshot"));
    }

    /**
     * As it lies on disk.
     *
     * @param presets all of them
     * @param marks all of them
     */
    record Saved(List<NamedPreset> presets, List<NamedMark> marks) {}

    /** A preset by its name; null when image-worker has none. Takes no lock and does no I/O. */
    public @Nullable Preset preset(String name) {
        return presets.get(name);
    }

    /** The id of a watermark by its name; null when image-worker has none. Takes no lock and does no I/O. */
    public @Nullable String mark(String name) {
        return marks.get(name);
    }

    /** Names of all presets. */
    public List<String> presetNames() {
        return presets.keySet().stream().sorted().toList();
    }

    void start(@Observes StartupEvent event) {
        try {
            var content = file.read();
            if (content.isPresent()) {
                take(json.readValue(content.get(), Saved.class));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("%s cannot be used: %s", file.path(), e.getMessage());
        }
        if (neighbours.url(WORKER).isPresent()) {
            ask();
            timer = vertx.setPeriodic(interval.toMillis(), ignored -> ask());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Unless the question before is still open. */
    private void ask() {
        if (asking.compareAndSet(false, true)) {
            follow().subscribe().with(ignored -> asking.set(false), failure -> {
                asking.set(false);
                LOG.debugf("presets stay as they were: %s", failure.getMessage());
            });
        }
    }

    private Uni<Void> follow() {
        return Uni.combine()
                .all()
                .unis(
                        ask("/api/v1/presets?limit=1000", new TypeReference<Page<NamedPreset>>() {}),
                        ask("/api/v1/watermarks?limit=1000", new TypeReference<Page<NamedMark>>() {}))
                .with((found, known) -> new Saved(found.items(), known.items()))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(this::changed)
                .replaceWithVoid();
    }

    private <T> Uni<T> ask(String path, TypeReference<T> type) {
        return neighbours
                .call(WORKER, HttpMethod.GET, path, Map.of(), null, PATIENCE)
                .map(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("status " + response.statusCode());
                    }
                    try {
                        return json.readValue(String.valueOf(response.bodyAsString()), type);
                    } catch (IOException e) {
                        throw new IllegalStateException("the answer cannot be read", e);
                    }
                });
    }

    private synchronized void changed(Saved next) {
        if (next.equals(saved)) {
            return;
        }
        take(next);
        try {
            file.write(json.writeValueAsBytes(next));
        } catch (IOException e) {
            LOG.warnf("%s could not be written: %s", file.path(), e.getMessage());
        }
    }

    private void take(Saved next) {
        Map<String, Preset> named = new HashMap<>();
        next.presets().forEach(preset -> named.put(preset.name(), Preset.of(preset)));
        Map<String, String> ids = new HashMap<>();
        next.marks().forEach(mark -> ids.put(mark.name(), mark.id()));
        presets = Map.copyOf(named);
        marks = Map.copyOf(ids);
        saved = next;
    }
}
