package io.sluice.gateway.catalogue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the catalogue of sources is kept. */
@ConfigMapping(prefix = "sluice.gateway.catalogue")
public interface CatalogueConfig {
    /** Most sources in memory, about 300 bytes each; the ones not asked for lately go first and are looked up when asked for. */
    @WithDefault("100000")
    int maxEntries();

    /** How long one look-up at image-worker may take. */
    @WithDefault("PT2S")
    Duration lookupTimeout();

    /** Most look-ups at a time; more requests for sources not in memory are answered 503. */
    @WithDefault("256")
    int maxLookups();

    /** How long an unknown source stays unknown without asking again. */
    @WithDefault("PT5S")
    Duration unknownFor();

    /** Between two writes of the catalogue to disk, while it changes. */
    @WithDefault("PT30S")
    Duration saveInterval();

    /** Between two looks at image-worker's presets and watermarks. */
    @WithDefault("PT10S")
    Duration definitionsInterval();

    /** Longest silence of image-worker's change feed before it is connected anew. */
    @WithDefault("PT35S")
    Duration silence();

    /** Encoder profile of addresses until image-worker has announced its own. */
    @WithDefault("e1")
    String firstProfile();
}
