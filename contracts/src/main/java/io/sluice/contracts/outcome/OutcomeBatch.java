package io.sluice.contracts.outcome;

import java.util.List;

/** Body of metrics-service's {@code POST /api/v1/cdn/outcomes}. */
public record OutcomeBatch(List<CdnOutcome> outcomes) {
    public OutcomeBatch {
        outcomes = List.copyOf(outcomes);
    }
}
