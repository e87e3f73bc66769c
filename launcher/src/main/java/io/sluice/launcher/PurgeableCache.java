package io.sluice.launcher;

import io.vertx.httpproxy.cache.CacheOptions;
import io.vertx.httpproxy.spi.cache.Cache;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cache of a {@link VertxEdgeProcess}: by whole addresses, and one path of all of them can be dropped. Lives on one event loop. */
final class PurgeableCache extends CacheOptions {
    private Map<?, ?> responses = Map.of();

    /** @param most responses; the one that was used longest ago goes */
    PurgeableCache(int most) {
        setMaxSize(most);
    }

    @Override
    public <K, V> Cache<K, V> newCache() {
        Responses<K, V> made = new Responses<>(getMaxSize());
        responses = made;
        return made;
    }

    /** Drops a path with any query. */
    void purge(String path) {
        responses
                .keySet()
                .removeIf(address -> path.equals(URI.create(address.toString()).getRawPath()));
    }

    private static final class Responses<K, V> extends LinkedHashMap<K, V> implements Cache<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Responses(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
