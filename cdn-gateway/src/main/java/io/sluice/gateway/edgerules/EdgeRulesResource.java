package io.sluice.gateway.edgerules;

import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The edge rules: read, replaced, rendered. */
@Path("/api/v1/edge-rules")
@Tag(name = "Edge rules")
class EdgeRulesResource {
    private static final Pattern ORIGIN =
            Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?):([0-9]{1,5})");
    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,18})\"");

    private final EdgeRulesStore store;

    EdgeRulesResource(EdgeRulesStore store) {
        this.store = store;
    }

    /** The rule of a path. */
    @Schema(name = "EdgeRuleMatch")
    record Match(
            @Schema(description = "absent when no rule matches") @Nullable
            String rule,

            @Schema(description = "what edges add where the origin says nothing")
            Map<String, String> headers) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The rules in the order in which they are asked, with an ETag for If-Match")
    public Uni<RestResponse<EdgeRules>> rules() {
        return store.all().map(EdgeRulesResource::tagged);
    }

    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Replaces all rules; with If-Match only when they are those that were read")
    public Uni<RestResponse<EdgeRules>> replace(
            @Nullable EdgeRulesRequest body, @HeaderParam("If-Match") @Nullable String ifMatch) {
        if (body == null) {
            throw new InvalidRequest("rules", "must be 1-64");
        }
        return store.replace(body.checked(), version(ifMatch)).map(EdgeRulesResource::tagged);
    }

    @GET
    @Path("match")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Which rule holds for a path, and the headers it stands for")
    public Uni<Match> match(@QueryParam("path") @Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            throw new InvalidRequest("path", "must start with /");
        }
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return store.all().map(rules -> {
            Optional<EdgeRule> rule = rules.of(plain);
            return new Match(
                    rule.map(EdgeRule::name).orElse(null),
                    rule.map(EdgeRule::headers).orElse(Map.of()));
        });
    }

    @GET
    @Path("nginx")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The rules for nginx, to be included below http; holds no secret")
    public Uni<String> nginx(@QueryParam("origin") @DefaultValue("image-worker:8081") String origin) {
        Matcher parts = origin(origin);
        return store.all().map(rules -> NginxText.of(rules, parts.group()));
    }

    @GET
    @Path("varnish")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The rules as VCL 4.1; holds no secret")
    public Uni<String> varnish(@QueryParam("origin") @DefaultValue("image-worker:8081") String origin) {
        Matcher parts = origin(origin);
        return store.all().map(rules -> VarnishText.of(rules, parts.group(1), Integer.parseInt(parts.group(2))));
    }

    @GET
    @Path("cloudfront")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The rules as CloudFront's cache behaviours and policies")
    public Uni<CloudFrontPolicies> cloudFront() {
        return store.all().map(CloudFrontPolicies::of);
    }

    private static RestResponse<EdgeRules> tagged(EdgeRules rules) {
        return RestResponse.ResponseBuilder.ok(rules)
                .header("ETag", "\"" + rules.version() + "\"")
                .build();
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        Matcher version = VERSION.matcher(ifMatch);
        if (!version.matches()) {
            throw new StaleEdgeRules();
        }
        return Long.valueOf(version.group(1));
    }

    private static Matcher origin(String origin) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            throw new InvalidRequest("origin", "must be host:port");
        }
        return parts;
    }
}
