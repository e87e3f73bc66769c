package io.sluice.gateway.catalogue;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Names that were unknown a moment ago. Bounded: a name may push another one out, which is asked for again then. Thread-safe. */
final class UnknownNames {
    private static final int SLOTS = 4096;

    private final AtomicReferenceArray<Unknown> slots = new AtomicReferenceArray<>(SLOTS);
    private final long nanos;

    UnknownNames(long nanos) {
        this.nanos = nanos;
    }

    void add(String name, long now) {
        slots.set(slot(name), new Unknown(name, now + nanos));
    }

    void remove(String name) {
        Unknown unknown = slots.get(slot(name));
        if (unknown != null && unknown.name.equals(name)) {
            slots.compareAndSet(slot(name), unknown, null);
        }
    }

    boolean contains(String name, long now) {
        Unknown unknown = slots.get(slot(name));
        return unknown != null && unknown.name.equals(name) && unknown.until - now > 0;
    }

    private static int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & (SLOTS - 1);
    }

    private record Unknown(String name, long until) {}
}
