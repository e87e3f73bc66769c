package io.sluice.platform.neighbour;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The other services this one calls, by name. One that is not configured is a feature that is off. */
@ConfigMapping(prefix = "sluice.neighbours")
interface NeighbourConfig {
    /** By service name, for example {@code sluice.neighbours.image-worker.url}. */
    @WithParentName
    Map<String, Neighbour> byName();

    /** One service. */
    interface Neighbour {
        /** Base address without a trailing slash, for example {@code http://image-worker:8081}. */
        String url();

        /** Bearer token it knows us by. */
        Optional<String> token();
    }
}
