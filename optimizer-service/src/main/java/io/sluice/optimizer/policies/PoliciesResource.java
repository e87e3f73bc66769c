package io.sluice.optimizer.policies;

import io.sluice.contracts.page.Page;
import io.sluice.optimizer.pacing.FaultRule;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
     * @param mode ACTIVE publishes what it decides, SHADOW records it only
     * @param enabled whether it decides at all
     */
    public record Change(
            Policy.@Nullable Mode mode,
            @Nullable Boolean enabled,
            @Nullable PacingRule pacing,
            @Nullable FaultRule faults) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Add a policy in the shadow",
            description =
                    "It decides beside the others, from what is really in force, and publishes nothing until its mode"
                            + " is changed to ACTIVE.")
    @APIResponse(responseCode = "201", description = "Decides from the next evaluation on")
    @APIResponse(responseCode = "409", description = "There is a policy of this id")
    public Uni<RestResponse<Policy>> add(@Nullable NewPolicy policy, @Context SecurityContext caller) {
        NewPolicy wanted = NewPolicy.checked(policy);
        return store.all().flatMap(all -> {
            Policy like = all.stream()
                    .filter(one -> one.kind() == wanted.kind())
                    .findFirst()
                    .orElseThrow(() -> new UnknownResource("policy of kind", String.valueOf(wanted.kind())));
            return store.insert(
                            Objects.requireNonNull(wanted.id()),
                            like.kind(),
                            Objects.requireNonNullElse(wanted.pacing(), like.pacing()),
                            Objects.requireNonNullElse(wanted.faults(), like.faults()),
                            caller.getUserPrincipal().getName())
                    .map(added -> {
                        if (added.isEmpty()) {
                            throw new PolicyInTheWay("There is a policy " + wanted.id() + " already.");
                        }
                        return RestResponse.ResponseBuilder.<Policy>create(201)
                                .entity(added.getFirst())
                                .header("ETag", etag(added.getFirst()))
                                .build();
                    });
        });
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Remove a policy that is in the shadow", description = "Its decisions stay.")
    @APIResponse(responseCode = "409", description = "It is active: change its mode first, or disable it")
    public Uni<Void> remove(String id, @Context SecurityContext caller) {
        return find(id).flatMap(
                        policy -> store.delete(id, caller.getUserPrincipal().getName()))
                .invoke(removed -> {
                    if (!removed) {
                        throw new PolicyInTheWay("Policy " + id + " is active: set its mode to SHADOW first.");
                    }
                })
                .replaceWithVoid();
    }

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
                            Objects.requireNonNullElse(change.mode(), policy.mode()),
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
