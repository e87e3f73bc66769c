package io.sluice.image.isolation;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Which encodes run in child processes, and what those may use. */
@ConfigMapping(prefix = "sluice.image.isolation")
interface IsolationConfig {
    /**
     * {@code none}: every encode in the service's own process; {@code process}: every encode in a child; {@code untrusted}: in a
     * child unless its collection is trusted.
     */
    @WithParentName
    @WithDefault("none")
    Mode mode();

    /** Collections whose sources come from people you trust, for mode {@code untrusted}; all others are not trusted. */
    Optional<Set<String>> trusted();

    /** Longest an encode may take in a child; then the child is killed. At least a second. */
    @WithDefault("PT30S")
    Duration deadline();

    /** Most memory a child may have for its data, its Java machine (about 150 MB, mostly untouched) included. */
    @WithDefault("768M")
    MemorySize memory();

    /** CPU time a child may use in its life; it is replaced before an encode could exceed it. */
    @WithDefault("PT10M")
    Duration cpu();

    /** Encodes after which a child is replaced. */
    @WithDefault("500")
    int images();

    /** Which encodes run in a child. */
    enum Mode {
        NONE,
        PROCESS,
        UNTRUSTED
    }
}
