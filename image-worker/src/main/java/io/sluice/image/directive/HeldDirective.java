package io.sluice.image.directive;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveLease;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A directive as far as it is in force here.
 *
 * @param scope of the directive
 * @param epoch of the directive
 * @param generation of the directive
 * @param normal whether nothing is lowered any more
 * @param loweredBy levels that have decayed
 * @param silentSeconds since the optimizer's last sign of life
 * @param directive as it came
 */
public record HeldDirective(
        String scope,
        long epoch,
        long generation,
        boolean normal,
        @Schema(description = "levels that have decayed") int loweredBy,

        @Schema(description = "seconds since the optimizer's last sign of life")
        long silentSeconds,

        Directive directive) {

    static HeldDirective of(DirectiveLease lease, long nowNanos) {
        DirectiveLease.InForce inForce = lease.at(nowNanos);
        return new HeldDirective(
                lease.directive().scope(),
                lease.directive().epoch(),
                lease.directive().generation(),
                inForce.normal(),
                inForce.loweredBy(),
                (nowNanos - lease.renewedNanos()) / 1_000_000_000L,
                lease.directive());
    }
}
