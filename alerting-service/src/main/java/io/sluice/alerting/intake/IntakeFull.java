package io.sluice.alerting.intake;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: more alerts wait to be stored than are allowed to. None of the request's were kept. */
final class IntakeFull extends ProblemException {
    private static final long serialVersionUID = 1L;

    IntakeFull() {
        super(503, "intake-full", "Too many alerts wait", "Send them again.", List.of(), Map.of("Retry-After", "1"));
    }
}
