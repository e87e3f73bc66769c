package io.sluice.gateway.catalogue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often the sources of each collection are asked for and replaced, as this replica has seen it since it started. Counting takes
 * no lock. Only a source that is in memory is seen to be replaced.
 */
@Singleton
public class ChangeRates {
    private static final int MAX_COLLECTIONS = 1000;

    private final InstantSource clock;
    private final Instant since;
    private final Map<String, Counts> byCollection = new ConcurrentHashMap<>();

    /**
     * What was seen of a collection.
     *
     * @param sources of it that are in memory
     * @param changes sources that got other bytes, or were deleted
     * @param requests for sources in memory
     * @param observed how long this was counted
     */
    public record Seen(String collection, long sources, long changes, long requests, Duration observed) {}

    private record Counts(LongAdder changes, LongAdder requests) {}

    ChangeRates(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    void requested(String collection) {
        Counts counts = counts(collection);
        if (counts != null) {
            counts.requests.increment();
        }
    }

    void changed(String collection) {
        Counts counts = counts(collection);
        if (counts != null) {
            counts.changes.increment();
        }
    }

    /**
     * By name.
     *
     * @param sources in memory, by collection
     */
    Map<String, Seen> seen(Map<String, Long> sources) {
        Duration observed =
                Duration.ofSeconds(Duration.between(since, clock.instant()).toSeconds());
        Map<String, Seen> seen = new TreeMap<>();
        sources.forEach((collection, number) -> {
            Counts counts = byCollection.get(collection);
            seen.put(
                    collection,
                    new Seen(
                            collection,
                            number,
                            counts == null ? 0 : counts.changes.sum(),
                            counts == null ? 0 : counts.requests.sum(),
                            observed));
        });
        return seen;
    }

    /** Null when there are too many collections. */
    private @Nullable Counts counts(String collection) {
        Counts counts = byCollection.get(collection);
        return counts != null || byCollection.size() >= MAX_COLLECTIONS
                ? counts
                : byCollection.computeIfAbsent(collection, ignored -> new Counts(new LongAdder(), new LongAdder()));
    }
}
