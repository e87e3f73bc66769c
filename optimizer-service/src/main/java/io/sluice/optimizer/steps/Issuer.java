package io.sluice.optimizer.steps;

import io.smallrye.mutiny.Uni;

/** Brings directives up to what is asked for and how far it has been rolled out. */
public interface Issuer {
    /** Soon: at once here, or by another optimizer within its next round. */
    Uni<Void> issueSoon();
}
