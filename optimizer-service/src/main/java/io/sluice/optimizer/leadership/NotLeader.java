package io.sluice.optimizer.leadership;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: this optimizer is not, or no longer, the one that writes. Nothing was changed. */
public final class NotLeader extends ProblemException {
    private static final long serialVersionUID = 1L;

    public NotLeader(String detail) {
        super(503, "not-leader", "Another optimizer writes", detail, List.of(), Map.of("Retry-After", "5"));
    }
}
