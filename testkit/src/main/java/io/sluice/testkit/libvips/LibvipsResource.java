package io.sluice.testkit.libvips;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** libvips for a {@code @QuarkusTest}: sets {@code sluice.image.libvips.path}. */
public final class LibvipsResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("sluice.image.libvips.path", Libvips.locate().toString());
    }

    @Override
    public void stop() {
        // The library stays in the cache.
    }
}
