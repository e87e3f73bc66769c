package io.sluice.gateway.decisions;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: whether there is such a source cannot be said just now. */
final class LookupUnavailable extends ProblemException {
    private static final long serialVersionUID = 1L;

    LookupUnavailable(String reason) {
        super(
                503,
                "lookup-failed",
                "Whether there is such an image cannot be said just now",
                reason + "; try again.",
                List.of(),
                Map.of("Retry-After", "2"));
    }
}
