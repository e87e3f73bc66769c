package io.sluice.image.variant;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: more is asked than can be encoded just now. */
public final class Busy extends ProblemException {
    private static final long serialVersionUID = 1L;

    Busy(String detail) {
        super(503, "busy", "Too much to encode just now", detail, List.of(), Map.of("Retry-After", "2"));
    }
}
