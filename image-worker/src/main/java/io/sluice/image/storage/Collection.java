package io.sluice.image.storage;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One sweep of the store.
 *
 * @param id grows with each
 * @param dryRun whether it only says what would go
 * @param state {@code running}, {@code done} or {@code failed}
 * @param startedAt when it began
 * @param endedAt absent while it runs
 * @param examined objects looked at
 * @param collected by cause, as far as there is anything
 * @param error why it failed
 */
public record Collection(
        long id,
        boolean dryRun,
        @Schema(description = "running, done or failed") String state,
        Instant startedAt,
        @Nullable Instant endedAt,
        long examined,
        List<Collected> collected,
        @Nullable String error) {
    public Collection {
        collected = List.copyOf(collected);
    }
}
