package io.sluice.gateway.drills;

import io.sluice.platform.problem.ProblemException;

/** 409: a drill now would hurt, or there is one already. */
final class DrillRefused extends ProblemException {
    private static final long serialVersionUID = 1L;

    DrillRefused(String detail) {
        super(409, "drill-refused", "There can be no such drill now", detail);
    }
}
