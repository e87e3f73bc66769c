package io.sluice.contracts.outcome;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a CDN does in a market: item of metrics-service's {@code GET /api/v1/cdn/scorecard}.
 *
 * @param from inclusive
 * @param to exclusive
 * @param samples votes that count
 * @param networks they come from
 * @param enough whether that is enough to move traffic by; until then nobody should
 * @param availability minutes that were not lost / minutes with votes, 0-1
 * @param errorRatio failed requests, each network with the same weight and the outermost ones left out, 0-1
 * @param p50TtfbMillis median of the networks' medians of the time to first byte; absent when every request failed. So are the next two
 * @param score 0-100, 100 being a CDN that never fails and is the fastest of the market; absent without enough votes
 */
public record CdnScore(
        String cdn,
        String market,
        Instant from,
        Instant to,
        int samples,
        int networks,
        boolean enough,
        double availability,
        double errorRatio,
        @Nullable Double p50TtfbMillis,
        @Nullable Double p75TtfbMillis,
        @Nullable Double p95TtfbMillis,
        @Nullable Double score) {}
