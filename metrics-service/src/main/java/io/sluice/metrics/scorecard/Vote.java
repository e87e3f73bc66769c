package io.sluice.metrics.scorecard;

import org.jspecify.annotations.Nullable;

/**
 * What became of one decision.
 *
 * @param network of the client
 * @param minute of the decision, since the epoch
 * @param ttfbMillis time to first byte; null for a failed request
 */
record Vote(
        String cdn,
        String market,
        String network,
        long minute,
        boolean failed,
        @Nullable Integer ttfbMillis) {}
