package io.sluice.image.variant;

import io.sluice.image.vips.Vips;
import io.sluice.testkit.libvips.Libvips;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every libvips that this machine has: npm's build and the system's, each loaded once. */
public final class Libraries {
    private static final Map<Path, Vips> LOADED = new ConcurrentHashMap<>();

    private Libraries() {}

    public static Stream<Vips> all() {
        return Stream.concat(Stream.of(Libvips.locate()), Libvips.installed().stream())
                .distinct()
                .map(file -> LOADED.computeIfAbsent(file, Vips::load));
    }
}
