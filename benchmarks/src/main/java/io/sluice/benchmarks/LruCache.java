package io.sluice.benchmarks;

import java.util.Arrays;

/** An edge cache of a POP: objects by number, the one that was used longest ago goes. */
final class LruCache {
    private static final int NONE = -1;

    private final int capacity;
    private final int[] slotOf;
    private final int[] objectOf;
    private final int[] newer;
    private final int[] older;
    private int newest = NONE;
    private int oldest = NONE;
    private int size;

    LruCache(int objects, int capacity) {
        this.capacity = capacity;
        this.slotOf = new int[objects];
        Arrays.fill(slotOf, NONE);
        this.objectOf = new int[capacity];
        this.newer = new int[capacity];
        this.older = new int[capacity];
    }

    /** Asks for an object; it is there afterwards. Answers whether it was there before. */
    boolean hit(int object) {
        int slot = slotOf[object];
        boolean hit = slot != NONE;
        if (hit) {
            if (slot == newest) {
                return true;
            }
            unlink(slot);
        } else if (size < capacity) {
            slot = size++;
        } else {
            slot = oldest;
            slotOf[objectOf[slot]] = NONE;
            unlink(slot);
        }
        objectOf[slot] = object;
        slotOf[object] = slot;
        link(slot);
        return hit;
    }

    private void unlink(int slot) {
        if (newer[slot] != NONE) {
            older[newer[slot]] = older[slot];
        } else {
            newest = older[slot];
        }
        if (older[slot] != NONE) {
            newer[older[slot]] = newer[slot];
        } else {
            oldest = newer[slot];
        }
    }

    private void link(int slot) {
        newer[slot] = NONE;
        older[slot] = newest;
        if (newest != NONE) {
            newer[newest] = slot;
        } else {
            oldest = slot;
        }
        newest = slot;
    }
}
