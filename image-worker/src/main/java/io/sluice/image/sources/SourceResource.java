package io.sluice.image.sources;

import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.Source;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Sources: names for images, by collection and path. */
@Path("/api/v1/sources")
@Tag(name = "sources")
@Produces(MediaType.APPLICATION_JSON)
public class SourceResource {
    private static final String NAME = "{collection}/{path: .+}";
    private static final int MOST = 1_000;

    private final SourceStore store;
    private final SourceFeed feed;
    private final Naming naming;

    SourceResource(SourceStore store, SourceFeed feed, Naming naming) {
        this.store = store;
        this.naming = naming;
        this.feed = feed;
    }

    @PUT
    @Path(NAME)
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @RunOnVirtualThread
    @Operation(
            summary = "Give an image a name",
            description =
                    "The path is percent-decoded once; no empty, . or .. segment, no encoded slash. Repeating it is"
                            + " harmless. An oid that is not here is fetched from the configured Git LFS servers, a url from"
                            + " the configured origins; what comes passes the checks of an upload.")
    @APIResponse(responseCode = "200", description = "the source as it is now")
    @APIResponse(responseCode = "413", description = "what was fetched is longer than an upload may be")
    @APIResponse(responseCode = "415", description = "what was fetched is not a JPEG, PNG, WebP, AVIF or GIF image")
    @APIResponse(
            responseCode = "422",
            description = "no image has this oid; the url is refused or has no image; the image is refused")
    @APIResponse(responseCode = "502", description = "the origin failed, or gave other bytes than were asked for")
    @APIResponse(responseCode = "504", description = "the origin was too slow")
    public Source put(
            @Context HttpServerRequest request,
            @Parameter(description = "1-63 of a-z 0-9 _ -") String collection,
            String path,
            SourceRequest body) {
        SourcePath name = SourcePath.parse(request.path());
        if (body == null) {
            throw new InvalidRequest("body", "is required");
        }
        return naming.put(name, body);
    }

    @GET
    @Path(NAME)
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One source")
    @APIResponse(responseCode = "200", description = "the source")
    @APIResponse(responseCode = "404", description = "no source has this name")
    public Uni<Source> get(@Context HttpServerRequest request, String collection, String path) {
        SourcePath name = SourcePath.parse(request.path());
        return store.find(name.collection(), name.path())
                .map(source -> source.orElseThrow(() -> new UnknownResource("source", name.path())));
    }

    @DELETE
    @Path(NAME)
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Take a name away", description = "The image stays; its variants go on being served.")
    @APIResponse(responseCode = "204", description = "the name is gone")
    @APIResponse(responseCode = "404", description = "no source has this name")
    public Uni<RestResponse<Void>> delete(@Context HttpServerRequest request, String collection, String path) {
        SourcePath name = SourcePath.parse(request.path());
        return store.delete(name.collection(), name.path()).map(gone -> {
            if (!gone) {
                throw new UnknownResource("source", name.path());
            }
            return RestResponse.noContent();
        });
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Sources of a collection, by path")
    public Uni<Page<Source>> list(
            @RestQuery @Parameter(description = "1-63 of a-z 0-9 _ -", required = true) @Nullable String collection,
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        if (collection == null || !Names.isCollection(collection)) {
            throw new InvalidRequest("collection", "must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequest("limit", "must be 1-" + MOST);
        }
        return store.list(collection, after(cursor), limit + 1).map(found -> {
            if (found.size() <= limit) {
                return Page.whole(found);
            }
            List<Source> page = found.subList(0, limit);
            return new Page<>(page, cursor(page.getLast().path()));
        });
    }

    @GET
    @Path("changes")
    @FeedStart.Checked
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "The feed of changes",
            description = "Server-sent events: hello (profiles, seq, heartbeatSeconds), then source (id = seq, data = a"
                    + " Source) for the newest state of every name behind Last-Event-ID, then each change; a heartbeat each"
                    + " 10 s of silence. Without Last-Event-ID it begins with the whole catalogue.")
    @APIResponse(responseCode = "200", description = "the stream")
    @APIResponse(responseCode = "503", description = "PostgreSQL is away; come back after Retry-After")
    public Multi<OutboundSseEvent> changes(
            @Context Sse sse, @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        return feed.follow(position(lastEventId)).map(told -> switch (told) {
            case SourceFeed.Told.Hello hello ->
                event(sse, "hello").data(hello.hello()).build();
            case SourceFeed.Told.Change change ->
                event(sse, "source")
                        .id(Long.toString(change.source().seq()))
                        .data(change.source())
                        .build();
            case SourceFeed.Told.Alive alive ->
                event(sse, "heartbeat").data(Map.of()).build();
        });
    }

    private static OutboundSseEvent.Builder event(Sse sse, String name) {
        return sse.newEventBuilder().name(name).mediaType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static long position(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return 0;
        }
        if (lastEventId.length() > 18 || !lastEventId.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidRequest("Last-Event-ID", "must be the id of an event of this feed");
        }
        return Long.parseLong(lastEventId);
    }

    private static String cursor(String path) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(@Nullable String cursor) {
        try {
            return cursor == null ? "" : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("cursor", "must be next of the page before");
        }
    }
}
