package io.sluice.alerting.query;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.alerting.groups.RouteConfig;
import io.sluice.alerting.outbox.Channels;
import io.sluice.platform.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this service is, as Alertmanager's v2 API tells it; amtool asks before every command. */
@Path("/api/v2")
@RolesAllowed(Roles.VIEWER)
@RegisterForReflection(
        targets = {AlertView.class, AlertView.Group.class, AlertView.Receiver.class, AlertView.Status.class})
public class StatusResource {
    private final RouteConfig route;
    private final Channels channels;
    private final CompatConfig compat;
    private final String startedAt;

    StatusResource(RouteConfig route, Channels channels, CompatConfig compat, InstantSource clock) {
        this.route = route;
        this.channels = channels;
        this.compat = compat;
        this.startedAt = AlertView.time(clock.instant());
    }

    @GET
    @Path("status")
    @Operation(summary = "Version, uptime and configuration", description = "config.original is Alertmanager YAML.")
    public Map<String, Object> status() {
        Map<String, String> version = new TreeMap<>();
        for (String field : List.of("branch", "buildDate", "buildUser", "goVersion", "revision")) {
            version.put(field, "sluice");
        }
        version.put("version", compat.version());
        return Map.of(
                "cluster",
                Map.of("status", "disabled", "peers", List.of()),
                "config",
                Map.of("original", ConfigYaml.of(route, channels.names())),
                "uptime",
                startedAt,
                "versionInfo",
                version);
    }

    @GET
    @Path("receivers")
    @Operation(summary = "Names of the receivers")
    public List<AlertView.Receiver> receivers() {
        return List.of(new AlertView.Receiver(route.receiver()));
    }
}
