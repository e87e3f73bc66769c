package io.sluice.metrics.errors;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many requests fail just now.
 *
 * @param from inclusive, a whole minute
 * @param to when it was asked; logs come some seconds behind
 * @param requests over all CDNs
 * @param failed with a 5xx
 * @param errorRatio failed / requests, 0-1; absent without requests: then nothing is known, which is not the same as good
 * @param cdns those that had requests
 */
record HealthSignals(
        Instant from,
        Instant to,
        long requests,
        long failed,
        @Nullable Double errorRatio,
        List<CdnSignal> cdns) {

    /** The same for one CDN. */
    record CdnSignal(String cdn, long requests, long failed, double errorRatio) {}
}
