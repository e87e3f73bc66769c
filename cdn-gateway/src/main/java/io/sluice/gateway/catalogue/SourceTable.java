package io.sluice.gateway.catalogue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Name to facts, bounded: when it is full, the name that was not asked for since the hand passed it last goes (second chance).
 * Readers take no lock; writers are serialised. Names are {@code collection/path}, percent-decoded.
 */
public final class SourceTable {
    private final int max;
    private final Map<String, Entry> entries;
    private final Deque<Entry> hand = new ArrayDeque<>();

    /** @param max names that are kept */
    public SourceTable(int max) {
        this.max = max;
        this.entries = new ConcurrentHashMap<>();
    }

    /** Facts of a name; null when they are not here. */
    public @Nullable SourceFacts get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        return entry.facts;
    }

    /** Puts facts unless newer ones are there. */
    public synchronized void put(String name, SourceFacts facts) {
        Entry old = entries.get(name);
        if (old != null) {
            if (old.facts.seq() <= facts.seq() && !old.facts.equals(facts)) {
                old.facts = facts;
            }
            return;
        }
        while (entries.size() >= max) {
            evict();
        }
        Entry entry = new Entry(name, facts);
        entries.put(name, entry);
        hand.addLast(entry);
    }

    synchronized void remove(String name) {
        Entry entry = entries.remove(name);
        if (entry != null) {
            hand.remove(entry);
        }
    }

    synchronized void clear() {
        entries.clear();
        hand.clear();
    }

    int size() {
        return entries.size();
    }

    /** Each name with its facts, in no order; changes meanwhile may be missing. */
    void forEach(BiConsumer<String, SourceFacts> action) {
        entries.values().forEach(entry -> action.accept(entry.name, entry.facts));
    }

    private void evict() {
        Entry entry = hand.removeFirst();
        if (entry.used) {
            entry.used = false;
            hand.addLast(entry);
        } else {
            entries.remove(entry.name, entry);
        }
    }

    private static final class Entry {
        private final String name;
        private volatile SourceFacts facts;
        private volatile boolean used;

        Entry(String name, SourceFacts facts) {
            this.name = name;
            this.facts = facts;
        }
    }
}
