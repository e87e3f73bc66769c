package io.sluice.gateway.selection;

/** The keys that are asked for most, by their hashes. Immutable; a question costs one or two reads. */
public final class HotSet {
    /** No key is hot. */
    public static final HotSet NONE = new HotSet(new long[0]);

    private final long[] slots;
    private final int mask;
    private final int size;

    private HotSet(long[] hashes) {
        int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, hashes.length)) * 4);
        this.slots = new long[capacity];
        this.mask = capacity - 1;
        this.size = hashes.length;
        for (long hash : hashes) {
            int slot = slot(hash);
            while (slots[slot] != 0 && slots[slot] != hash) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = hash;
        }
    }

    /** A set of hashes; 0 is never a member. */
    public static HotSet of(long[] hashes) {
        return hashes.length == 0 ? NONE : new HotSet(hashes.clone());
    }

    /** How many keys are hot. */
    public int size() {
        return size;
    }

    /** Whether a key is hot. */
    public boolean contains(long hash) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        return false;
    }

    private int slot(long hash) {
        return (int) (hash >>> 40) & mask;
    }
}
