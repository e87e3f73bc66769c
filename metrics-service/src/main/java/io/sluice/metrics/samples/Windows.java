package io.sluice.metrics.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What this process has taken as one writer, by tier, series and window. A writer's rows are overwritten with the absolute
 * values held here, so a commit that is written twice counts once. When a commit's outcome is not known, or memory is to be
 * let go, the process forgets all of it and goes on as a new writer: rows of the old one stay as they were committed, and
 * readers add over writers. One thread at a time.
 */
final class Windows {
    /** A row of a tier. */
    record Key(Tier tier, Series series, long start) {}

    private final Map<Key, Aggregate> windows = new HashMap<>();
    private final Set<Long> registered = new HashSet<>();
    private OptionalInt writer = OptionalInt.empty();

    /** Who these windows are written as; empty before the first commit. */
    OptionalInt writer() {
        return writer;
    }

    void writeAs(int id) {
        writer = OptionalInt.of(id);
    }

    int size() {
        return windows.size();
    }

    /** Adds a batch's windows to every tier that takes them; answers the rows that changed. */
    Map<Key, Aggregate> merge(List<BatchAggregate> batches, long nowEpochSecond) {
        long reach = nowEpochSecond - Tier.TEN_SECONDS_REACH.toSeconds();
        Map<Key, Aggregate> changed = new LinkedHashMap<>();
        for (BatchAggregate batch : batches) {
            batch.windows().forEach((window, added) -> {
                for (Tier tier : Tier.values()) {
                    if (tier != Tier.TEN_SECONDS || window.start() >= reach) {
                        Key key = new Key(tier, window.series(), tier.windowOf(window.start()));
                        Aggregate total = windows.computeIfAbsent(
                                key, absent -> new Aggregate(window.series().metric()));
                        total.merge(added);
                        changed.put(key, total);
                    }
                }
            });
        }
        return changed;
    }

    /** The series of these rows that have not been committed by this writer yet. */
    List<Series> unregistered(Set<Key> rows) {
        Map<Long, Series> found = new HashMap<>();
        rows.forEach(row -> {
            if (!registered.contains(row.series().id())) {
                found.put(row.series().id(), row.series());
            }
        });
        return new ArrayList<>(found.values());
    }

    void committed(List<Series> series) {
        series.forEach(one -> registered.add(one.id()));
    }

    /** Goes on as a new writer. */
    void forget() {
        windows.clear();
        registered.clear();
        writer = OptionalInt.empty();
    }
}
