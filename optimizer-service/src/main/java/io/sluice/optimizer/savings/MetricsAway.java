package io.sluice.optimizer.savings;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: metrics-service does not tell what was delivered. */
final class MetricsAway extends ProblemException {
    private static final long serialVersionUID = 1L;

    MetricsAway(String detail) {
        super(
                503,
                "metrics-away",
                "metrics-service does not tell what was delivered",
                detail,
                List.of(),
                Map.of("Retry-After", "5"));
    }
}
