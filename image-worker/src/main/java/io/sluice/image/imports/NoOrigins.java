package io.sluice.image.imports;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 422: there is no origin that URLs may be imported from. */
final class NoOrigins extends ProblemException {
    private static final long serialVersionUID = 1L;

    NoOrigins() {
        super(
                422,
                "no-origins",
                "No URL may be fetched",
                "Configure where images may come from: sluice.image.sources.origins.<name>.url.",
                List.of(new FieldError("urls", "no origin is configured")),
                Map.of());
    }
}
