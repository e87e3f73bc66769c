package io.sluice.image.delivery;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: the directive in force holds new encodes back, and nothing stored comes near. */
final class Throttled extends ProblemException {
    private static final long serialVersionUID = 1L;

    Throttled(int retryAfterSeconds) {
        super(
                503,
                "throttled",
                "New variants are held back just now",
                "A directive limits how many new variants are made; stored ones are served.",
                List.of(),
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }
}
