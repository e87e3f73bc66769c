package io.sluice.image.origin;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 422: the URL, or one it redirects to, is not one that may be fetched. Nothing was kept. */
final class OriginRefused extends ProblemException {
    private static final long serialVersionUID = 1L;

    OriginRefused(String detail) {
        super(
                422,
                "origin-refused",
                "The address is not one that may be fetched",
                detail,
                List.of(new FieldError("url", "is refused")),
                Map.of());
    }
}
