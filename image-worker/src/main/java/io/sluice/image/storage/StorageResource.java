package io.sluice.image.storage;

import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The store: what lies in it, and sweeps that take away what nobody needs. */
@Path("/api/v1/storage")
@Tag(name = "storage")
@Produces(MediaType.APPLICATION_JSON)
public class StorageResource {
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    private final Collections collections;
    private final CollectionStore store;
    private final UsageStore usage;

    StorageResource(Collections collections, CollectionStore store, UsageStore usage) {
        this.collections = collections;
        this.store = store;
        this.usage = usage;
    }

    @GET
    @Path("usage")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "What lies in the store, and how it grows",
            description =
                    "As the last sweep measured it (each day, or POST /api/v1/storage/collections). Bytes that several"
                            + " variants share count once.")
    public Uni<StorageUsage> usage(
            @RestQuery @DefaultValue("bucket") @Parameter(description = "bucket, owner or format") String by) {
        return usage.usage(
                UsageKey.ofToken(by).orElseThrow(() -> new InvalidRequest("by", "must be bucket, owner or format")));
    }

    @POST
    @Path("collections")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    @Operation(
            summary = "Sweep the store",
            description =
                    "Takes away what nobody needs, by the ages in sluice.image.storage, and measures the rest. With"
                            + " dryRun it takes nothing away and says what would go.")
    @APIResponse(
            responseCode = "202",
            description = "begun; look at it by its id",
            content = @Content(schema = @Schema(implementation = Collection.class)))
    @APIResponse(responseCode = "409", description = "a sweep is running")
    public RestResponse<Collection> collect(@RestQuery @DefaultValue("false") boolean dryRun) {
        long id = collections.begin(dryRun).orElseThrow(AlreadyCollecting::new);
        return RestResponse.accepted(store.find(id).await().atMost(DATABASE).orElseThrow(() -> unknown(id)));
    }

    @GET
    @Path("collections")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Sweeps, newest first", description = "Of the last 90 days.")
    public Uni<Page<Collection>> list(
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable Long cursor) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequest("limit", "must be 1-" + MOST);
        }
        return store.list(cursor == null ? Long.MAX_VALUE : cursor, limit + 1).map(found -> {
            if (found.size() <= limit) {
                return Page.whole(found);
            }
            List<Collection> page = found.subList(0, limit);
            return new Page<>(page, Long.toString(page.getLast().id()));
        });
    }

    @GET
    @Path("collections/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One sweep and what it found")
    @APIResponse(responseCode = "200", description = "the sweep")
    @APIResponse(responseCode = "404", description = "no sweep has this id")
    public Uni<Collection> one(long id) {
        return store.find(id).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    private static UnknownResource unknown(long id) {
        return new UnknownResource("sweep", Long.toString(id));
    }
}
