package io.sluice.image.imports;

import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Imports of folders and of URLs. */
@Path("/api/v1/imports")
@Tag(name = "imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {
    private static final int MOST = 1_000;
    private static final int LONGEST_KEY = 200;

    private final ImportStore store;
    private final UrlImportStore urlStore;
    private final UrlImporter urls;
    private final RootsConfig config;

    ImportResource(ImportStore store, UrlImportStore urlStore, UrlImporter urls, RootsConfig config) {
        this.store = store;
        this.urlStore = urlStore;
        this.urls = urls;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Import a folder, or a list of URLs",
            description =
                    "Every image below root/prefix becomes a source of the collection, named by its path below the"
                            + " root; what is there already stays as it is. Files beginning with a dot are left out, links that"
                            + " leave the root refused. Of URLs, only those below the configured origins are fetched, one after the"
                            + " other; /urls tells what came of each. Watch it at Location.")
    @APIResponse(
            responseCode = "202",
            description = "queued; with an Idempotency-Key that was used before: that import",
            content = @Content(schema = @Schema(implementation = FolderImport.class)))
    @APIResponse(responseCode = "422", description = "no folder is configured under this name, or no origin")
    public Uni<RestResponse<FolderImport>> add(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable ImportRequest request) {
        if (request == null) {
            throw new InvalidRequest("body", "is required");
        }
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new InvalidRequest("Idempotency-Key", "must be 1-" + LONGEST_KEY + " characters");
        }
        return added(key, request)
                .map(added -> RestResponse.ResponseBuilder.<FolderImport>create(RestResponse.Status.ACCEPTED)
                        .location(URI.create("/api/v1/imports/" + added.id()))
                        .entity(added)
                        .build());
    }

    private Uni<FolderImport> added(@Nullable String key, ImportRequest request) {
        String root = request.root();
        if (root == null) {
            if (!urls.possible()) {
                throw new NoOrigins();
            }
            return urlStore.add(key, request);
        }
        if (!config.roots().containsKey(root)) {
            throw new UnknownRoot(root, config.roots().keySet());
        }
        return store.add(key, request);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Imports, newest first")
    public Uni<Page<FolderImport>> list(
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        return store.list(cursor == null ? Long.MAX_VALUE : id(cursor), checked(limit) + 1)
                .map(found -> page(found, limit, last -> Long.toString(last.id())));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "An import and how far it is")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FolderImport.class)))
    @APIResponse(responseCode = "404", description = "there is no such import")
    public Uni<FolderImport> find(String id) {
        return known(id);
    }

    @GET
    @Path("{id}/refusals")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Files or URLs that were refused, by path")
    @APIResponse(responseCode = "404", description = "there is no such import")
    public Uni<Page<FileRefusal>> refusals(
            String id,
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        int most = checked(limit);
        return known(id)
                .chain(known -> store.refusals(known.id(), cursor == null ? "" : cursor, most + 1))
                .map(found -> page(found, most, FileRefusal::path));
    }

    @GET
    @Path("{id}/urls")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "URLs and what came of each, in their order")
    @APIResponse(responseCode = "404", description = "there is no such import")
    public Uni<Page<ImportedUrl>> urls(
            String id,
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        int most = checked(limit);
        int after = cursor == null ? -1 : (int) Math.min(id(cursor), Integer.MAX_VALUE);
        return known(id)
                .chain(known -> urlStore.urls(known.id(), after, most + 1))
                .map(found -> page(found, most, last -> Integer.toString(last.position())));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Call an import off",
            description =
                    "It ends behind the file under way; what was imported stays. One that has ended stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "the import as it is now",
            content = @Content(schema = @Schema(implementation = FolderImport.class)))
    @APIResponse(responseCode = "404", description = "there is no such import")
    public Uni<FolderImport> cancel(String id) {
        return store.cancel(id(id)).chain(() -> known(id));
    }

    private Uni<FolderImport> known(String id) {
        return store.find(id(id)).map(found -> found.orElseThrow(() -> new UnknownResource("import", id)));
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidRequest("id", "must be a whole number");
        }
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequest("limit", "must be 1-" + MOST);
        }
        return limit;
    }

    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursor) {
        return found.size() <= limit
                ? Page.whole(found)
                : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
    }
}
