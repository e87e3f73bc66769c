package io.sluice.image.isolation;

import io.sluice.platform.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** 503: the encode took longer than it may, and its process was killed. */
public final class EncodeOverdue extends ProblemException {
    private static final long serialVersionUID = 1L;

    EncodeOverdue(Duration deadline) {
        super(
                503,
                "encode-overdue",
                "The variant takes too long to make",
                "It was not done within " + deadline
                        + " (sluice.image.isolation.deadline). Ask for a smaller size, or again"
                        + " when the machine is less busy.",
                List.of(),
                Map.of("Retry-After", "60"));
    }
}
