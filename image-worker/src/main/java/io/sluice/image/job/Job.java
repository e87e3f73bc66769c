package io.sluice.image.job;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job as it can be looked at.
 *
 * @param id grows with each job
 * @param kind {@code encode}, {@code srcset}, {@code first-paint}
 * @param oid of the source
 * @param state {@code ready}, {@code running}, {@code dead}, {@code done} or {@code cancelled}
 * @param priority 1 first, 9 last
 * @param addresses of the variants it makes
 * @param attempt how often it was begun
 * @param queuedAt when it was queued
 * @param runAt when it may be started; absent once it has ended
 * @param startedAt when it was first begun; absent until then
 * @param endedAt absent until it has ended
 * @param worker who has it; absent unless it is running
 * @param result what came of it: {@code made}, {@code obsolete} (profile gone), {@code capped} (a directive), {@code cancelled}
 * @param error why it failed last
 */
public record Job(
        long id,
        String kind,
        String oid,

        @Schema(description = "ready, running, dead, done or cancelled")
        String state,

        @Schema(description = "1 first, 9 last") int priority,
        List<String> addresses,
        int attempt,
        Instant queuedAt,
        @Nullable Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String worker,

        @Schema(description = "made, obsolete, capped or cancelled") @Nullable
        String result,

        @Nullable String error) {
    public Job {
        addresses = List.copyOf(addresses);
    }
}
