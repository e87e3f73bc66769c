package io.sluice.optimizer.policies;

import io.sluice.contracts.budget.Budget;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.PacingRule;
import java.time.Instant;

/**
 * What is to be kept.
 *
 * @param id stable
 * @param kind what drives it, and which axis it raises
 * @param mode whether what it decides is published
 * @param enabled whether it decides at all
 * @param version grows with each change; also the ETag
 * @param pacing how budgets are kept; of no effect for {@code ERROR_RATE} but for {@code staleAfter}
 * @param faults when errors count; of effect for {@code ERROR_RATE} only
 * @param updatedBy who changed it last
 * @param updatedAt when
 */
public record Policy(
        String id,
        Kind kind,
        Mode mode,
        boolean enabled,
        int version,
        PacingRule pacing,
        FaultRule faults,
        String updatedBy,
        Instant updatedAt) {

    /** Whether it publishes nothing. */
    public boolean shadow() {
        return mode == Mode.SHADOW;
    }

    /** Whether what a policy decides is published. */
    public enum Mode {
        /** It is. */
        ACTIVE,
        /** It is recorded only, so that it can be compared with what was published. */
        SHADOW
    }

    /** What drives a policy. LFS quota never lowers quality: quality does not save LFS bytes. */
    public enum Kind {
        /** Git LFS bandwidth and cost raise the origin axis. */
        LFS_QUOTA(Axis.origin),
        /** CDN cost and egress raise the egress axis. */
        CDN_COST(Axis.egress),
        /** Errors raise the availability axis. */
        ERROR_RATE(Axis.availability);

        private final Axis axis;

        Kind(Axis axis) {
            this.axis = axis;
        }

        public Axis axis() {
            return axis;
        }

        /** Whether it looks at budgets of this kind; nobody looks at storage, because no lever saves it. */
        public boolean follows(Budget.Kind budget) {
            return switch (budget) {
                case LFS_BANDWIDTH, LFS_COST -> this == LFS_QUOTA;
                case CDN_COST, CDN_EGRESS -> this == CDN_COST;
                case LFS_STORAGE -> false;
            };
        }
    }
}
