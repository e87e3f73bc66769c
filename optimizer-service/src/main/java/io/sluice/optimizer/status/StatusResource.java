package io.sluice.optimizer.status;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.optimizer.directives.Directives;
import io.sluice.optimizer.freezes.Freeze;
import io.sluice.optimizer.freezes.FreezeStore;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.rollouts.Rollouts;
import io.sluice.platform.access.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Everything on one page: levels, why, since when, and who has them. */
@Path("/api/v1/status")
public class StatusResource {
    private final Directives directives;
    private final Leadership leadership;
    private final OverrideStore overrides;
    private final FreezeStore freezes;
    private final Rollouts rollouts;

    StatusResource(
            Directives directives,
            Leadership leadership,
            OverrideStore overrides,
            FreezeStore freezes,
            Rollouts rollouts) {
        this.freezes = freezes;
        this.directives = directives;
        this.leadership = leadership;
        this.overrides = overrides;
        this.rollouts = rollouts;
    }

    /**
     * Answer of {@code GET /api/v1/status}.
     *
     * @param freeze in force; absent when there is none
     */
    public record Status(
            Leader leadership,
            List<Scope> scopes,
            List<LevelOverride> overrides,
            @Nullable Freeze freeze) {}

    /**
     * Who writes.
     *
     * @param epoch the newest that is known
     * @param leads whether this optimizer writes
     * @param certainFor how long heartbeats for this epoch may still be sent without asking PostgreSQL again
     */
    public record Leader(
            long epoch, boolean leads, @Nullable Duration certainFor) {}

    /**
     * What is in force for one scope.
     *
     * @param levels whole levels for people: a fraction counts as the level above
     * @param axes exact levels
     * @param reason why
     * @param since when it was issued
     * @param leaseSeconds how long it lasts without a heartbeat
     * @param endsAt when the first override in it ends
     * @param rollout state
     * @param audience receivers that count
     * @param applied receivers that have it
     * @param steps the rollout in steps it belongs to; absent when it was issued at once
     */
    public record Scope(
            String scope,
            long epoch,
            long generation,
            Levels levels,
            Axes axes,
            Directive.Reason reason,
            Directive.Actor actor,
            Instant since,
            int leaseSeconds,
            @Nullable Instant endsAt,
            RolloutStatus.State rollout,
            int audience,
            int applied,
            RolloutStatus.@Nullable Steps steps) {}

    /** Levels as people call them. */
    public record Levels(int egress, int origin, int compute, int availability) {
        static Levels of(Axes axes) {
            return new Levels(
                    (int) Math.ceil(axes.egress()),
                    (int) Math.ceil(axes.origin()),
                    (int) Math.ceil(axes.compute()),
                    (int) Math.ceil(axes.availability()));
        }
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The level of each axis and scope, why, since when, and who has it")
    public Uni<Status> status() {
        Leader leader = new Leader(
                leadership.epoch(),
                leadership.mine().isPresent(),
                leadership.certain().map(leadership::left).orElse(null));
        Uni<List<Scope>> scopes = Multi.createFrom()
                .iterable(directives.current().byScope().values())
                .onItem()
                .transformToUniAndConcatenate(issued -> scope(issued.directive()))
                .collect()
                .asList();
        return Uni.combine()
                .all()
                .unis(scopes, overrides.active(), freezes.inForce())
                .asTuple()
                .map(read -> new Status(
                        leader,
                        read.getItem1(),
                        read.getItem2(),
                        read.getItem3().orElse(null)));
    }

    private Uni<Scope> scope(Directive directive) {
        return rollouts.status(directive.scope(), directive.generation())
                .map(rollout -> new Scope(
                        directive.scope(),
                        directive.epoch(),
                        directive.generation(),
                        Levels.of(directive.axes()),
                        directive.axes(),
                        directive.reason(),
                        directive.actor(),
                        directive.issuedAt(),
                        directive.leaseSeconds(),
                        directive.endsAt(),
                        rollout.state(),
                        rollout.audience(),
                        rollout.applied(),
                        rollout.steps()));
    }
}
