package io.sluice.gateway.edgerules;

import io.sluice.contracts.page.Page;
import io.sluice.gateway.catalogue.Catalogue;
import io.sluice.gateway.delivery.DeliveryConfig;
import io.sluice.platform.access.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says how long things should be kept, from what was seen of them. */
@Path("/api/v1/edge-rules/advice")
@Tag(name = "Edge rules")
class TtlAdviceResource {
    private final EdgeRulesStore store;
    private final Catalogue catalogue;
    private final Duration redirects;

    TtlAdviceResource(EdgeRulesStore store, Catalogue catalogue, DeliveryConfig delivery) {
        this.store = store;
        this.catalogue = catalogue;
        this.redirects = delivery.redirectMaxAge();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "How long redirects and what the rules are for should be kept, with numbers and reasons",
            description =
                    "From the change feed and the requests that this replica has seen since it started; at most 1 in"
                            + " 1000 requests should get an old copy. Nothing is applied: change"
                            + " sluice.gateway.delivery.redirect-max-age or PUT /api/v1/edge-rules yourself.")
    public Uni<Page<TtlAdvice>> advice() {
        return store.all().map(rules -> {
            List<TtlAdvice> advice = new ArrayList<>();
            catalogue.seen().forEach(seen -> advice.add(TtlAdvice.redirects(seen, redirects)));
            rules.rules().forEach(rule -> advice.add(TtlAdvice.rule(rule)));
            return Page.whole(advice);
        });
    }
}
