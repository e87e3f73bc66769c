package io.sluice.image.sources;

import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.Source;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cache tags of sources for the data plane, in memory: follows the feed of changes. While PostgreSQL is away it knows what it
 * knew; after a start without PostgreSQL responses carry only the tags that the address itself gives.
 */
@ApplicationScoped
public class TagCatalogue {
    private static final int PAGE = 1_000;

    private final SourceStore store;
    private final AtomicLong position = new AtomicLong();
    /** Name to image, so that a name that moves to another image takes its tags along. */
    private final Map<String, String> imageOfName = new ConcurrentHashMap<>();

    private final Map<String, Map<String, List<String>>> byImage = new ConcurrentHashMap<>();

    TagCatalogue(SourceStore store) {
        this.store = store;
    }

    /** Tags of every source of the collection that is this image. */
    public List<String> of(String collection, String oid) {
        Map<String, List<String>> names = byImage.get(collection + '/' + oid);
        return names == null
                ? List.of()
                : names.values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .sorted()
                        .toList();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return store.changes(position.get(), PAGE)
                .invoke(changes -> changes.forEach(this::take))
                .onFailure()
                .recoverWithItem(List.of())
                .replaceWithVoid();
    }

    private void take(Source change) {
        String name = change.collection() + '/' + change.path();
        String before = imageOfName.remove(name);
        if (before != null) {
            byImage.computeIfPresent(before, (image, names) -> {
                names.remove(name);
                return names.isEmpty() ? null : names;
            });
        }
        if (!change.deleted() && !change.tags().isEmpty()) {
            String image = change.collection() + '/' + change.oid();
            imageOfName.put(name, image);
            byImage.computeIfAbsent(image, key -> new ConcurrentHashMap<>()).put(name, change.tags());
        }
        position.set(change.seq());
    }
}
