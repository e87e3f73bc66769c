package io.sluice.alerting.query;

import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.alerting.alert.Alert;
import io.sluice.alerting.groups.GroupKey;
import io.sluice.alerting.groups.RouteConfig;
import io.sluice.platform.access.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What fires, as Alertmanager's v2 API tells it. Every alert is active: there are no silences and no inhibition yet. */
@Path("/api/v2/alerts")
@RolesAllowed(Roles.VIEWER)
public class AlertsResource {
    private static final Set<String> TRUE =
            Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

    private final QueryStore store;
    private final RouteConfig route;

    AlertsResource(QueryStore store, RouteConfig route) {
        this.store = store;
        this.route = route;
    }

    @GET
    @Operation(
            summary = "Alerts that fire, by fingerprint",
            description =
                    "filter: name=value, !=, =~ or !~, repeatable. receiver: regular expression for the whole name.")
    public Uni<Response> list(
            @RestQuery @Nullable String active,
            @RestQuery @Nullable String silenced,
            @RestQuery @Nullable String inhibited,
            @RestQuery @Nullable String unprocessed,
            @RestQuery List<String> filter,
            @RestQuery @Nullable String receiver) {
        return answer(
                active,
                filter,
                receiver,
                alerts -> alerts.stream()
                        .map(alert -> AlertView.of(alert, route.receiver()))
                        .toList());
    }

    @GET
    @Path("groups")
    @Operation(summary = "Alerts that fire, by group")
    public Uni<Response> groups(
            @RestQuery @Nullable String active,
            @RestQuery @Nullable String silenced,
            @RestQuery @Nullable String inhibited,
            @RestQuery List<String> filter,
            @RestQuery @Nullable String receiver) {
        return answer(active, filter, receiver, this::grouped);
    }

    private List<AlertView.Group> grouped(List<Alert> alerts) {
        Map<String, AlertView.Group> groups = new TreeMap<>();
        for (Alert alert : alerts) {
            GroupKey key = GroupKey.of(alert.labels(), route.groupBy());
            groups.computeIfAbsent(
                            key.text(),
                            text -> new AlertView.Group(
                                    key.labels(), new AlertView.Receiver(route.receiver()), new ArrayList<>()))
                    .alerts()
                    .add(AlertView.of(alert, route.receiver()));
        }
        return List.copyOf(groups.values());
    }

    private interface View {
        Object of(List<Alert> alerts);
    }

    private Uni<Response> answer(@Nullable String active, List<String> filter, @Nullable String receiver, View view) {
        List<Matcher> matchers;
        boolean wanted;
        try {
            matchers = filter.stream().map(Matcher::parse).toList();
            wanted = (active == null || active.isEmpty() || TRUE.contains(active.toLowerCase(Locale.ROOT)))
                    && (receiver == null || Matcher.anchored(receiver).matches(route.receiver()));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom()
                    .item(Response.status(400)
                            .type(MediaType.APPLICATION_JSON)
                            .entity(TextNode.valueOf(e.getMessage()))
                            .build());
        }
        Uni<List<Alert>> alerts = wanted ? store.firing() : Uni.createFrom().item(List.of());
        return alerts.map(all -> all.stream()
                        .filter(alert -> matchers.stream().allMatch(m -> m.matches(alert.labels())))
                        .toList())
                .map(some ->
                        Response.ok(view.of(some), MediaType.APPLICATION_JSON).build());
    }
}
