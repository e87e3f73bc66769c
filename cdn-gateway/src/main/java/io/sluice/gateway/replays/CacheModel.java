package io.sluice.gateway.replays;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edge caches as a model: each CDN has some points of presence, each with an LRU cache of so many objects, and a client always
 * meets the same one. Empty at first, so a short log shows fewer hits than life does.
 */
final class CacheModel {
    private final int pops;
    private final int objects;
    private final List<Map<Integer, Boolean>> caches = new ArrayList<>();

    /**
     * @param cdns how many there are
     * @param pops points of presence of each
     * @param objects that a point of presence holds
     */
    CacheModel(int cdns, int pops, int objects) {
        this.pops = pops;
        this.objects = objects;
        for (int i = 0; i < cdns * pops; i++) {
            caches.add(new LinkedHashMap<>(16, 0.75f, true));
        }
    }

    /** Asks for an object; it is there afterwards. Answers whether it was there before. */
    boolean hit(int cdn, long client, int object) {
        Map<Integer, Boolean> cache = caches.get(cdn * pops + (int) Long.remainderUnsigned(client, pops));
        if (cache.put(object, true) != null) {
            return true;
        }
        if (cache.size() > objects) {
            Integer oldest = cache.keySet().iterator().next();
            cache.remove(oldest);
        }
        return false;
    }
}
