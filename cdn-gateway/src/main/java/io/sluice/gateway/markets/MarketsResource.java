package io.sluice.gateway.markets;

import io.sluice.contracts.page.Page;
import io.sluice.gateway.cdns.CdnDirectory;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The markets and the versions of their policies. */
@Path("/api/v1/markets")
@Tag(name = "Markets")
class MarketsResource {
    private static final int MAX_LIMIT = 1000;

    private final Markets markets;
    private final MarketStore store;
    private final CdnDirectory cdns;

    MarketsResource(Markets markets, MarketStore store, CdnDirectory cdns) {
        this.markets = markets;
        this.store = store;
        this.cdns = cdns;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "All markets, at most " + MarketSet.MAX + ": the default one first, the others by name")
    public Page<Market> list() {
        return Page.whole(markets.all());
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One market with the policy in force")
    public Market get(String name) {
        return find(markets.all(), name);
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Creates a market, or puts a new version of its policy into force")
    public Uni<Market> put(String name, @Nullable PolicyRequest body) {
        if (body == null) {
            throw new InvalidRequest("body", "must be a policy");
        }
        Market market = MarketFit.of(name, body);
        return store.all()
                .invoke(set ->
                        MarketFit.require(market, set.markets(), cdns.current().names()))
                .chain(ignored -> inForce(name, market.policy()));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Removes a market: its countries are in the default market then. Its versions stay")
    public Uni<Void> delete(String name) {
        return store.delete(name)
                .invoke(found -> {
                    if (!found) {
                        throw new UnknownResource("market", name);
                    }
                })
                .chain(markets::refresh)
                .replaceWithVoid();
    }

    @GET
    @Path("{name}/versions")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "All versions of a market's policy, newest first")
    public Uni<Page<Market>> versions(
            String name,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable Long cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest("limit", "must be 1-" + MAX_LIMIT);
        }
        return store.versions(name, cursor == null ? Long.MAX_VALUE : cursor, limit + 1)
                .map(found -> found.size() <= limit
                        ? Page.whole(found)
                        : new Page<>(
                                found.subList(0, limit),
                                Long.toString(found.get(limit - 1).version())));
    }

    @POST
    @Path("{name}/versions/{version}/restore")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Puts an old policy into force again, as a new version")
    public Uni<Market> restore(String name, long version) {
        return store.versions(name, version + 1, 1).chain(found -> {
            if (found.isEmpty() || found.getFirst().version() != version) {
                throw new UnknownResource("version", name + "/" + version);
            }
            Market old = found.getFirst();
            return store.all()
                    .invoke(set ->
                            MarketFit.require(old, set.markets(), cdns.current().names()))
                    .chain(ignored -> inForce(name, old.policy()));
        });
    }

    private Uni<Market> inForce(String name, Policy policy) {
        return store.put(name, policy).chain(markets::refresh).map(set -> find(set.markets(), name));
    }

    private static Market find(List<Market> all, String name) {
        return all.stream()
                .filter(market -> market.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownResource("market", name));
    }
}
