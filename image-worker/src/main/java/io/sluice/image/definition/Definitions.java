package io.sluice.image.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.NamedMark;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.image.files.DataConfig;
import io.sluice.image.variant.MarkDefinition;
import io.sluice.image.variant.Marks;
import io.sluice.image.variant.UnknownMark;
import io.sluice.platform.snapshot.SnapshotFile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Presets and marks in memory, for the data plane: follows PostgreSQL, and the last state is on disk, so that marked pictures
 * are made without it.
 */
@ApplicationScoped
@RegisterForReflection(targets = {SavedDefinitions.class, PresetRequest.class, MarkDefinition.class})
public class Definitions implements Marks {
    private static final Logger LOG = Logger.getLogger(Definitions.class);

    private final DefinitionStore store;
    private final ObjectMapper json;
    private final SnapshotFile file;
    private volatile SavedDefinitions saved = SavedDefinitions.NONE;
    private volatile Known known = new Known(new TreeMap<>(), new TreeMap<>(), Map.of());

    Definitions(DefinitionStore store, DataConfig data, ObjectMapper json) {
        this.store = store;
        this.json = json;
        this.file = new SnapshotFile(data.dir().resolve("definitions.snapshot"));
    }

    void start(@Observes StartupEvent event) {
        try {
            var content = file.read();
            if (content.isPresent()) {
                take(json.readValue(content.get(), SavedDefinitions.class));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("presets and watermarks saved in %s cannot be read: %s", file.path(), e.getMessage());
        }
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return refresh().onFailure().recoverWithNull();
    }

    /** Takes over what is in PostgreSQL now. */
    Uni<Void> refresh() {
        return Uni.combine()
                .all()
                .unis(store.presets(), store.marks(), store.markNames())
                .with(SavedDefinitions::new)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(this::changed)
                .replaceWithVoid();
    }

    SavedDefinitions saved() {
        return saved;
    }

    Known known() {
        return known;
    }

    /** A preset by its name, within 2 s of a change on another replica. */
    public Optional<NamedPreset> preset(String name) {
        return Optional.ofNullable(known.presets().get(name));
    }

    @Override
    public MarkDefinition definition(String id) {
        MarkDefinition definition = known.definitions().get(id);
        if (definition == null) {
            throw new UnknownMark(id);
        }
        return definition;
    }

    private synchronized void changed(SavedDefinitions next) {
        if (next.equals(saved)) {
            return;
        }
        take(next);
        try {
            file.write(json.writeValueAsBytes(next));
        } catch (IOException e) {
            LOG.warnf("presets and watermarks cannot be saved: %s", e.getMessage());
        }
    }

    private void take(SavedDefinitions next) {
        Map<String, MarkDefinition> definitions = new HashMap<>();
        next.marks().forEach((id, body) -> definitions.put(id, read(body, MarkDefinition.class)));
        TreeMap<String, NamedMark> marks = new TreeMap<>();
        next.markNames().forEach((name, id) -> {
            MarkDefinition definition = definitions.get(id);
            if (definition != null) { // One query may see a name whose definition an earlier one did not see yet.
                marks.put(name, named(name, id, definition));
            }
        });
        TreeMap<String, NamedPreset> presets = new TreeMap<>();
        next.presets().forEach((name, body) -> {
            try {
                presets.put(name, read(body, PresetRequest.class).named(name, next.markNames()));
            } catch (RuntimeException e) {
                LOG.errorf("preset %s cannot be used: %s", name, e.getMessage());
            }
        });
        known = new Known(presets, marks, Map.copyOf(definitions));
        saved = next;
    }

    static NamedMark named(String name, String id, MarkDefinition mark) {
        return new NamedMark(
                name, id, mark.oid(), mark.opacity(), mark.position(), mark.scale(), mark.margin(), mark.tile());
    }

    private <T> T read(String body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
