package io.sluice.contracts.outcome;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client says became of a decision that cdn-gateway signed. The gateway has checked the signature.
 *
 * @param id of the decision, 16-128 of {@code A-Z a-z 0-9 _ -}; a second outcome with the same id is none
 * @param at when it was made, by the minute
 * @param cdn it chose
 * @param market it was made in
 * @param network of the client it was made for, 1-40 characters: the address without what is behind /24 (IPv4) or /48 (IPv6)
 * @param failed whether the client got no image
 * @param ttfbMillis time to first byte, 0-60000; absent exactly when it failed
 */
public record CdnOutcome(
        String id,
        Instant at,
        String cdn,
        String market,
        String network,
        boolean failed,
        @Nullable Integer ttfbMillis) {
    /** Longest time to first byte that is believed. */
    public static final int MAX_TTFB_MILLIS = 60_000;

    public CdnOutcome {
        require(id.length() >= 16 && id.length() <= 128, "id must have 16-128 characters");
        require(!cdn.isEmpty() && cdn.length() <= 63, "cdn must have 1-63 characters");
        require(!market.isEmpty() && market.length() <= 63, "market must have 1-63 characters");
        require(!network.isEmpty() && network.length() <= 40, "network must have 1-40 characters");
        require(failed == (ttfbMillis == null), "ttfbMillis must be there unless failed");
        require(
                ttfbMillis == null || (ttfbMillis >= 0 && ttfbMillis <= MAX_TTFB_MILLIS),
                "ttfbMillis must be 0-" + MAX_TTFB_MILLIS);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
