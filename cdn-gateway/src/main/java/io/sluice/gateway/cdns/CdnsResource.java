package io.sluice.gateway.cdns;

import io.sluice.contracts.page.Page;
import io.sluice.gateway.health.CdnHealth;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The CDNs: read from memory, changed in PostgreSQL. */
@Path("/api/v1/cdns")
@Tag(name = "CDNs")
class CdnsResource {
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_REASON = 200;
    private static final double DEFAULT_WEIGHT = 100;
    private static final Duration MAX_TTL = Duration.ofDays(30);

    private final CdnDirectory directory;
    private final CdnStore store;
    private final CdnHealth health;
    private final InstantSource clock;
    private final Credentials credentials;

    CdnsResource(
            CdnDirectory directory, CdnStore store, CdnHealth health, InstantSource clock, Credentials credentials) {
        this.directory = directory;
        this.store = store;
        this.health = health;
        this.clock = clock;
        this.credentials = credentials;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "All CDNs with their states, by name")
    public Page<CdnView> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest("limit", "must be 1-" + MAX_LIMIT);
        }
        List<CdnView> behind = directory.current().cdns().stream()
                .filter(cdn -> cursor == null || cdn.name().compareTo(cursor) > 0)
                .map(this::view)
                .toList();
        return behind.size() <= limit
                ? Page.whole(behind)
                : new Page<>(behind.subList(0, limit), behind.get(limit - 1).name());
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One CDN with its state and the latest changes of its health")
    public CdnView get(String name) {
        return find(directory.current(), name);
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Creates or replaces a CDN; whether it is drained stays as it is")
    public Uni<CdnView> put(String name, @Nullable CdnRequest body) {
        Cdn cdn = cdn(name, body);
        credentials.require(cdn.vendor());
        return store.put(cdn)
                .chain(done -> done ? after(name) : Uni.createFrom().failure(new TooManyCdns()));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Removes a CDN; its share of keys goes to the others")
    public Uni<Void> delete(String name) {
        return store.delete(name)
                .invoke(found -> require(found, name))
                .chain(directory::refresh)
                .replaceWithVoid();
    }

    @POST
    @Path("{name}/drain")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Keeps traffic from a CDN until the time is over or it is enabled")
    public Uni<CdnView> drain(String name, @Nullable DrainRequest body) {
        String reason = body == null || body.reason() == null ? "" : body.reason();
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new InvalidRequest("reason", "is required, at most " + MAX_REASON + " characters");
        }
        Duration ttl = body == null ? null : body.ttl();
        if (ttl != null && (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(MAX_TTL) > 0)) {
            throw new InvalidRequest("ttl", "must be PT1S to P30D; leave it out to drain until enabled");
        }
        return store.drain(name, reason, ttl)
                .invoke(found -> require(found, name))
                .chain(() -> after(name));
    }

    @POST
    @Path("{name}/enable")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Ends a drain; repeating it is harmless")
    public Uni<CdnView> enable(String name) {
        return store.enable(name).invoke(found -> require(found, name)).chain(() -> after(name));
    }

    @POST
    @Path("{name}/outcomes")
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @Operation(
            summary = "Reports responses of a CDN that were seen elsewhere; they feed its breaker in this replica",
            description =
                    "The breaker opens when 20 % of at least 20 responses within 10 s failed. Outcomes with a market "
                            + "feed the breaker of that market only. Responses with Sluice-Outcome: throttle must not be reported.")
    public CdnView outcomes(String name, @Nullable OutcomesRequest body) {
        find(directory.current(), name);
        if (body == null) {
            throw new InvalidRequest("body", "must be {\"good\":..,\"failed\":..}");
        }
        String market = body.market();
        if (market == null) {
            health.reported(name, body.good(), body.failed());
        } else {
            health.reported(name, market, body.good(), body.failed());
        }
        return find(directory.current(), name);
    }

    private Uni<CdnView> after(String name) {
        return directory.refresh().map(set -> find(set, name));
    }

    private CdnView find(CdnSet set, String name) {
        return set.cdns().stream()
                .filter(cdn -> cdn.name().equals(name))
                .findFirst()
                .map(this::view)
                .orElseThrow(() -> unknown(name));
    }

    private CdnView view(Cdn cdn) {
        return new CdnView(
                cdn.name(),
                cdn.url(),
                cdn.weight(),
                cdn.probe(),
                directory.status(cdn, clock.instant()),
                health.ailingIn(cdn.name()),
                health.lastSeen(cdn.name()),
                cdn.drain(),
                health.history(cdn.name()),
                cdn.vendor().kind(),
                cdn.vendor().settings(),
                cdn.vendor().credential());
    }

    private static Cdn cdn(String name, @Nullable CdnRequest body) {
        if (body == null || body.url() == null) {
            throw new InvalidRequest("url", "is required");
        }
        try {
            return new Cdn(
                    name,
                    body.url(),
                    body.weight() == null ? DEFAULT_WEIGHT : body.weight(),
                    body.probe() == null ? Cdn.CANARY : body.probe(),
                    null,
                    vendor(body));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int space = message.indexOf(' ');
            throw new InvalidRequest(message.substring(0, space), message.substring(space + 1));
        }
    }

    private static Vendor vendor(CdnRequest body) {
        return new Vendor(
                body.kind() == null ? VendorKind.HTTP : body.kind(),
                body.settings() == null ? Map.of() : body.settings(),
                body.credential());
    }

    private static void require(boolean found, String name) {
        if (!found) {
            throw unknown(name);
        }
    }

    private static UnknownResource unknown(String name) {
        return new UnknownResource("CDN", name);
    }
}
