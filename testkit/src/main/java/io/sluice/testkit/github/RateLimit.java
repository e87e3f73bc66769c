package io.sluice.testkit.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** GitHub's primary rate limit: so many calls in an hour, then 403 until the hour is over. */
final class RateLimit {
    private final InstantSource clock;
    private final int limit;
    private Instant reset = Instant.MIN;
    private int used;

    RateLimit(InstantSource clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Counts a call; yields the refusal when it is one too many. */
    synchronized Optional<Reply> count() {
        Instant now = clock.instant();
        if (!now.isBefore(reset)) {
            reset = now.plus(Duration.ofHours(1));
            used = 0;
        }
        if (used == limit) {
            return Optional.of(Reply.error(403, "API rate limit exceeded"));
        }
        used++;
        return Optional.empty();
    }

    synchronized Map<String, String> headers() {
        return Map.of(
                "x-ratelimit-limit", Integer.toString(limit),
                "x-ratelimit-remaining", Integer.toString(limit - used),
                "x-ratelimit-used", Integer.toString(used),
                "x-ratelimit-reset", Long.toString(reset.getEpochSecond()),
                "x-ratelimit-resource", "core");
    }
}
