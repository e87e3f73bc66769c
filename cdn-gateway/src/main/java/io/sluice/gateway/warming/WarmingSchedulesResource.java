package io.sluice.gateway.warming;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.page.Page;
import io.sluice.gateway.paging.Numbered;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** When markets are warmed by themselves. */
@Path("/api/v1/warming-schedules")
@Tag(name = "Warmings")
@RegisterForReflection(targets = WarmingTerms.class)
class WarmingSchedulesResource {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final WarmingScheduleStore store;
    private final Warmings warmings;

    WarmingSchedulesResource(WarmingScheduleStore store, Warmings warmings) {
        this.store = store;
        this.warmings = warmings;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "All schedules, by name")
    public Uni<Page<WarmingSchedule>> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        return store.list(cursor, Numbered.oneMore(limit))
                .map(found -> Numbered.page(found, limit, WarmingSchedule::name));
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One schedule, how it went last and when it is due")
    public Uni<WarmingSchedule> get(String name) {
        return store.find(name).map(found -> known(found, name));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Creates or replaces a schedule",
            description =
                    "Once in each window the market's most popular addresses are fetched; what is not done when the "
                            + "window closes is dropped. The window is yours to choose: the gateway does not guess when a market sleeps.")
    public Uni<WarmingSchedule> put(String name, @Nullable WarmingTerms body) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequest("name", "must be 1-63 of a-z 0-9 -, not starting with -");
        }
        if (body == null) {
            throw new InvalidRequest("body", "must be {\"market\":..,\"from\":\"02:00\",\"to\":\"05:00\",\"top\":..}");
        }
        warmings.check(body);
        return store.put(name, body).chain(() -> get(name));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Removes a schedule; a warming that runs goes on until its window closes")
    public Uni<Void> delete(String name) {
        return store.delete(name)
                .invoke(found -> known(found ? Optional.of(name) : Optional.empty(), name))
                .replaceWithVoid();
    }

    private static <T> T known(Optional<T> found, String name) {
        return found.orElseThrow(() -> new UnknownResource("warming schedule", name));
    }
}
