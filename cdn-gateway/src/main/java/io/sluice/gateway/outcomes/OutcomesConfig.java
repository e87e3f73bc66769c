package io.sluice.gateway.outcomes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Votes of clients on decisions, which they send to {@code POST /outcomes} of the delivery port. */
@ConfigMapping(prefix = "sluice.gateway.outcomes")
public interface OutcomesConfig {
    /** Whether redirects carry an id and votes are taken; without metrics-service as a neighbour they are not. */
    @WithDefault("true")
    boolean enabled();

    /** Origins of pages that may vote, such as {@code https://www.example.org}; all by default. A vote without an Origin counts. */
    Optional<List<String>> origins();

    /** Votes of one network (/24 of IPv4, /48 of IPv6) that are taken in a minute. */
    @WithDefault("30")
    int perNetwork();

    /** How long after a decision its vote counts. */
    @WithDefault("PT10M")
    Duration maxAge();

    /** How often votes are handed on to metrics-service. */
    @WithDefault("PT2S")
    Duration handOn();

    /** Votes that wait while metrics-service is away; more than that are dropped. */
    @WithDefault("20000")
    int maxWaiting();
}
