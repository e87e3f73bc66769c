package io.sluice.contracts.image;

import java.util.List;

/**
 * First event ({@code hello}) of image-worker's {@code GET /api/v1/sources/changes}.
 *
 * @param profiles encoder profiles this worker can make; the gateway uses one that all workers have
 * @param seq the newest position of the feed
 * @param heartbeatSeconds how often a {@code heartbeat} event follows when nothing changes
 */
public record CatalogueHello(List<String> profiles, long seq, int heartbeatSeconds) {
    public CatalogueHello {
        profiles = List.copyOf(profiles);
    }
}
