package io.sluice.image.delivery;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 429: the source has as many variants as one may have. */
public final class TooManyVariants extends ProblemException {
    private static final long serialVersionUID = 1L;

    public TooManyVariants(int limit) {
        super(
                429,
                "too-many-variants",
                "The source has too many variants",
                "A source may have " + limit + " variants (sluice.image.encoding.max-variants); use one of them.",
                List.of(),
                Map.of("Retry-After", "3600"));
    }
}
