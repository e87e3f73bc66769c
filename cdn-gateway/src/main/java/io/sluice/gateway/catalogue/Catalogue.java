package io.sluice.gateway.catalogue;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.Source;
import io.sluice.gateway.catalogue.ChangeRates.Seen;
import io.sluice.platform.clock.NanoClock;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the sources, by {@code collection/path} or {@code sha256/oid}. What is in memory is answered at once; the rest
 * is asked of image-worker, which answers in time or counts as failed.
 */
@Singleton
public class Catalogue {
    private final SourceTable table;
    private final UnknownNames unknown;
    private final SourceLookups lookups;
    private final NanoClock nanos;
    private final ChangeRates rates;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile String profile;
    private volatile long seq;
    private final AtomicLong changes = new AtomicLong();

    Catalogue(SourceLookups lookups, CatalogueConfig config, NanoClock nanos, ChangeRates rates, MeterRegistry meters) {
        this.table = new SourceTable(config.maxEntries());
        this.unknown = new UnknownNames(config.unknownFor().toNanos());
        this.lookups = lookups;
        this.nanos = nanos;
        this.rates = rates;
        this.profile = config.firstProfile();
        count(hits, "hit", meters);
        count(misses, "miss", meters);
        Gauge.builder("sluice.gateway.catalogue.size", table, SourceTable::size)
                .description("sources in memory")
                .register(meters);
        Gauge.builder("sluice.gateway.catalogue.lookups", lookups, SourceLookups::pending)
                .description("look-ups at image-worker that are running")
                .register(meters);
    }

    /** Facts that are in memory, else null. Takes no lock and does no I/O. */
    public @Nullable SourceFacts get(String name) {
        SourceFacts facts = table.get(name);
        if (facts != null) {
            hits.increment();
            rates.requested(facts.collection());
        }
        return facts;
    }

    /**
     * Asks image-worker for what is not in memory: a miss.
     *
     * @param name a valid {@code collection/path} or {@code sha256/oid}
     * @return completes within the look-up's time limit, never exceptionally, on any thread
     */
    public CompletableFuture<Lookup> find(String name) {
        misses.increment();
        if (unknown.contains(name, nanos.nanos())) {
            return CompletableFuture.completedFuture(new Lookup.Unknown());
        }
        long before = changes.get();
        return lookups.find(name).thenApply(found -> remember(name, found, before));
    }

    /** Encoder profile that addresses are made for. */
    public String profile() {
        return profile;
    }

    /** Position in the change feed up to which everything is known. */
    public long seq() {
        return seq;
    }

    /** What was seen of each collection that has sources in memory, by name. Reads all of them: not for the data plane. */
    public Collection<Seen> seen() {
        Map<String, Long> sources = new HashMap<>();
        table.forEach((name, facts) -> {
            if (!facts.collection().equals(Names.BY_OID)) {
                sources.merge(facts.collection(), 1L, Long::sum);
            }
        });
        return rates.seen(sources).values();
    }

    void profile(String announced) {
        profile = announced;
    }

    /** Takes in a change of the feed. */
    void changed(Source source) {
        changes.incrementAndGet();
        String name = source.collection() + '/' + source.path();
        SourceFacts before = table.get(name);
        if (before != null && (source.deleted() || !before.oid().equals(source.oid()))) {
            rates.changed(source.collection());
        }
        if (source.deleted()) {
            table.remove(name);
        } else {
            table.put(name, SourceFacts.of(source));
        }
        unknown.remove(name);
        if (source.seq() > seq) {
            seq = source.seq();
        }
    }

    /** Forgets everything: the feed has begun anew. */
    void clear() {
        changes.incrementAndGet();
        table.clear();
        seq = 0;
    }

    byte[] save() throws IOException {
        return CatalogueImage.write(new CatalogueImage(seq, profile), table);
    }

    void restore(byte[] content) throws IOException {
        CatalogueImage image = CatalogueImage.read(content, table);
        seq = image.seq();
        profile = image.profile();
    }

    /** An answer that may be older than a change of the feed is used but not kept. */
    private Lookup remember(String name, Lookup found, long before) {
        if (before == changes.get()) {
            switch (found) {
                case Lookup.Found(SourceFacts facts) -> table.put(name, facts);
                case Lookup.Unknown ignored -> unknown.add(name, nanos.nanos());
                case Lookup.Failed ignored -> {
                    // Asked again by the next request.
                }
            }
        }
        return found;
    }

    private static void count(LongAdder number, String result, MeterRegistry meters) {
        FunctionCounter.builder("sluice.gateway.catalogue.requests", number, LongAdder::sum)
                .description("questions for a source, by whether it was in memory")
                .tag("result", result)
                .register(meters);
    }
}
