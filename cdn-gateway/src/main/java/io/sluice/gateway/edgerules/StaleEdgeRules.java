package io.sluice.gateway.edgerules;

import io.sluice.platform.problem.ProblemException;

/** 412: somebody else changed the rules in between. */
final class StaleEdgeRules extends ProblemException {
    private static final long serialVersionUID = 1L;

    StaleEdgeRules() {
        super(
                412,
                "stale-edge-rules",
                "The rules have changed in between",
                "Read them again and send your change with If-Match and their ETag.");
    }
}
