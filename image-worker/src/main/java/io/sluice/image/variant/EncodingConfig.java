package io.sluice.image.variant;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How much is encoded at once. */
@ConfigMapping(prefix = "sluice.image.encoding")
interface EncodingConfig {
    /** Threads that encode for a waiting client; absent: one for each core. */
    OptionalInt threads();

    /** Most memory that the encodes under way may need together, by estimate: see {@link Originals#bytes}. */
    @WithDefault("384M")
    MemorySize memory();

    /** Most encodes that wait for a thread; more are answered 503. */
    @WithDefault("128")
    int queue();

    /** Longest wait for a thread and memory; then the client is told 503. */
    @WithDefault("PT10S")
    Duration maxWait();

    /** Most variants of one source; beyond, only plain widths are made, anything else is 429. */
    @WithDefault("200")
    int maxVariants();
}
