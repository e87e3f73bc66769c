package io.sluice.optimizer.advice;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: advice needs what CDNs have served, and nobody tells it. */
final class UsageAway extends ProblemException {
    private static final long serialVersionUID = 1L;

    UsageAway(String detail) {
        super(
                503,
                "usage-away",
                "Usage cannot be read",
                detail + " Advice is made from its usage; try again.",
                List.of(),
                Map.of("Retry-After", "30"));
    }
}
