package io.sluice.gateway.decisions;

import io.sluice.gateway.catalogue.Catalogue;
import io.sluice.gateway.catalogue.Lookup;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.delivery.Decider;
import io.sluice.gateway.delivery.Decision;
import io.sluice.gateway.delivery.ImagePath;
import io.sluice.gateway.delivery.MalformedPath;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.negotiation.Hints;
import io.sluice.gateway.negotiation.ImageQuery;
import io.sluice.gateway.negotiation.MalformedQuery;
import io.sluice.gateway.negotiation.Preset;
import io.sluice.gateway.outcomes.DecisionIds;
import io.sluice.gateway.outcomes.Outcomes;
import io.sluice.gateway.routing.Routes;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Decides as the delivery port would, by the same code, and says why. */
@Path("/api/v1/decisions")
@Tag(name = "Decisions")
class DecisionsResource {
    private static final Ip NOWHERE = new Ip(0, 0);

    private final Catalogue catalogue;
    private final Decider decider;
    private final Routes routes;
    private final DecisionIds ids;
    private final Outcomes outcomes;

    DecisionsResource(Catalogue catalogue, Decider decider, Routes routes, DecisionIds ids, Outcomes outcomes) {
        this.catalogue = catalogue;
        this.decider = decider;
        this.routes = routes;
        this.ids = ids;
        this.outcomes = outcomes;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "What a request to /img would be answered now, with every reason")
    public Uni<DecisionView> decide(
            @Parameter(description = "what would be asked for, for example /img/photos/cat.jpg?w=640, percent-encoded")
                    @QueryParam("path")
                    @Nullable
                    String path,
            @Parameter(description = "header Accept; absent: none") @QueryParam("accept") @Nullable String accept,
            @Parameter(description = "header Save-Data: on or absent") @QueryParam("saveData") @Nullable
                    String saveData,
            @Parameter(description = "header Sec-CH-DPR") @QueryParam("dpr") @Nullable String dpr,
            @Parameter(description = "header Sec-CH-Width") @QueryParam("width") @Nullable String width,
            @Parameter(description = "address of the client it is asked for; absent: one of no country")
                    @QueryParam("ip")
                    @Nullable
                    String ip) {
        Ip client = ip == null ? NOWHERE : address(ip);
        return decision(path, "path", accept, Hints.of(saveData, dpr, width), client)
                .map(decision -> DecisionView.of(decision, id(decision, client)));
    }

    @GET
    @Path("explain")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "What a client would be answered now: its country and market, every step and every number")
    public Uni<Explanation> explain(
            @Parameter(description = "address of the client, IPv4 or IPv6") @QueryParam("ip") @Nullable String ip,
            @Parameter(description = "what would be asked for, such as https://img.example/img/photos/cat.jpg?w=640")
                    @QueryParam("url")
                    @Nullable
                    String url,
            @Parameter(description = "header Accept; absent: none") @QueryParam("accept") @Nullable String accept) {
        Ip client = address(ip);
        return decision(withoutHost(url), "url", accept, Hints.NONE, client)
                .map(decision -> Explanation.of(
                        String.valueOf(ip),
                        decision,
                        routes.plans().stream()
                                .filter(plan ->
                                        plan.market().equals(decision.snapshot().market()))
                                .findFirst()
                                .orElse(null)));
    }

    private @Nullable String id(Decision decision, Ip client) {
        return outcomes.taken() && decision.cdn() != Snapshot.NONE && decision.pathAndQuery() != null
                ? ids.issue(
                        decision.snapshot(),
                        decision.cdn(),
                        client,
                        decision.facts().hash())
                : null;
    }

    private static Ip address(@Nullable String ip) {
        Ip client = ip == null ? null : Ip.parse(ip);
        if (client == null) {
            throw new InvalidRequest("ip", "must be an IPv4 or IPv6 address");
        }
        return client;
    }

    private Uni<Decision> decision(
            @Nullable String path, String parameter, @Nullable String accept, Hints hints, Ip client) {
        if (path == null || !path.startsWith(ImagePath.PREFIX)) {
            throw new InvalidRequest(parameter, "must begin with " + ImagePath.PREFIX);
        }
        int mark = path.indexOf('?');
        String name = name(path.substring(ImagePath.PREFIX.length(), mark < 0 ? path.length() : mark));
        ImageQuery query = query(mark < 0 ? null : path.substring(mark + 1));
        Preset preset = preset(query);
        return find(name)
                .map(facts -> decider.decide(facts, query, preset, accept, hints, client))
                .onFailure(MalformedQuery.class)
                .transform(DecisionsResource::invalid);
    }

    private Preset preset(ImageQuery query) {
        Preset preset;
        try {
            preset = decider.preset(query);
        } catch (MalformedQuery e) {
            throw invalid(e);
        }
        if (preset == null) {
            throw new InvalidRequest("preset", "is not known; there are: " + decider.presetNames());
        }
        return preset;
    }

    private static @Nullable String withoutHost(@Nullable String url) {
        int scheme = url == null ? -1 : url.indexOf("://");
        if (url == null || scheme < 0) {
            return url;
        }
        int path = url.indexOf('/', scheme + 3);
        return path < 0 ? "" : url.substring(path);
    }

    private Uni<SourceFacts> find(String name) {
        SourceFacts known = catalogue.get(name);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return Uni.createFrom().completionStage(() -> catalogue.find(name)).map(lookup -> switch (lookup) {
            case Lookup.Found(SourceFacts facts) -> facts;
            case Lookup.Unknown ignored -> throw new UnknownResource("source", name);
            case Lookup.Failed(String reason) -> throw new LookupUnavailable(reason);
        });
    }

    private static String name(String raw) {
        try {
            return ImagePath.name(raw);
        } catch (MalformedPath e) {
            throw new InvalidRequest("path", String.valueOf(e.getMessage()));
        }
    }

    private static ImageQuery query(@Nullable String raw) {
        try {
            return ImageQuery.parse(raw);
        } catch (MalformedQuery e) {
            throw invalid(e);
        }
    }

    private static InvalidRequest invalid(MalformedQuery e) {
        return new InvalidRequest(e.parameter(), String.valueOf(e.getMessage()));
    }
}
