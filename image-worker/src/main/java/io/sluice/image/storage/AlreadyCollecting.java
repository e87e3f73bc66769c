package io.sluice.image.storage;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 409: one sweep at a time. */
final class AlreadyCollecting extends ProblemException {
    private static final long serialVersionUID = 1L;

    AlreadyCollecting() {
        super(
                409,
                "already-collecting",
                "A sweep of the store is running",
                "Wait until GET /api/v1/storage/collections shows it as ended.",
                List.of(),
                Map.of("Retry-After", "10"));
    }
}
