package io.sluice.optimizer.policies;

import io.sluice.contracts.page.Page;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Policies, as versioned data. */
@Path("/api/v1/policies")
public class PoliciesResource {
    private final PolicyStore store;

    PoliciesResource(PolicyStore store) {
        this.store = store;
    }

    /**
     * A change of a policy; what is absent stays as it is.
     *
     * @param enabled whether it has any effect
     */
    public record Change(
            @Nullable Boolean enabled,
            @Nullable PacingRule pacing,
            @Nullable FaultRule faults) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "All policies")
    public Uni<Page<Policy>> list() {
        return store.all().map(Page::whole);
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "A policy; its ETag is its version")
    public Uni<RestResponse<Policy>> read(String id) {
        return find(id).map(PoliciesResource::answer);
    }

    @PUT
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Change a policy", description = "Takes effect at the next evaluation.")
    @APIResponse(responseCode = "412", description = "It has changed since it was read")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Uni<RestResponse<Policy>> change(
            String id,
            @Nullable Change change,
            @HeaderParam("If-Match") @Nullable String match,
            @Context SecurityContext caller) {
        if (change == null) {
            throw new InvalidRequest("body", "is required");
        }
        if (match == null) {
            throw VersionConflict.missing();
        }
        return find(id).flatMap(policy -> {
                    if (!match.equals(etag(policy))) {
                        throw VersionConflict.outdated();
                    }
                    return store.update(
                            id,
                            policy.version(),
                            Objects.requireNonNullElse(change.enabled(), policy.enabled()),
                            Objects.requireNonNullElse(change.pacing(), policy.pacing()),
                            Objects.requireNonNullElse(change.faults(), policy.faults()),
                            caller.getUserPrincipal().getName());
                })
                .map(PoliciesResource::updated);
    }

    private Uni<Policy> find(String id) {
        return store.all()
                .map(all -> all.stream()
                        .filter(policy -> policy.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new UnknownResource("policy", id)));
    }

    private static RestResponse<Policy> updated(List<Policy> rows) {
        if (rows.isEmpty()) {
            throw VersionConflict.outdated();
        }
        return answer(rows.getFirst());
    }

    private static RestResponse<Policy> answer(Policy policy) {
        return RestResponse.ResponseBuilder.ok(policy)
                .header("ETag", etag(policy))
                .build();
    }

    private static String etag(Policy policy) {
        return "\"" + policy.version() + '"';
    }
}
