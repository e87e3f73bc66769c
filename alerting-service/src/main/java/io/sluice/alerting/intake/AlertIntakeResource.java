package io.sluice.alerting.intake;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.alert.PostableAlert;
import io.sluice.platform.access.Roles;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/alerts} of Alertmanager, which answers 200 only when every alert is on disk. */
@Path("/api/v2/alerts")
@RegisterForReflection(targets = PostableAlert.class)
public class AlertIntakeResource {
    private static final int SMALL = 64 * 1024;

    private final AlertParser parser;
    private final AlertIntake intake;
    private final InstantSource clock;

    AlertIntakeResource(AlertParser parser, AlertIntake intake, InstantSource clock) {
        this.parser = parser;
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @Operation(
            summary = "Takes alerts (Alertmanager v2)",
            description =
                    "200 with an empty body once all alerts are committed. 503: none is, send them again. 400: those "
                            + "that are valid are committed, the text says what is wrong with the others. At most 4 MiB.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PostableAlert[].class)))
    @APIResponse(responseCode = "200", description = "All alerts are kept")
    @APIResponse(responseCode = "400", description = "A JSON string, or code and message")
    @APIResponse(responseCode = "415", description = "The body is not application/json")
    @APIResponse(responseCode = "422", description = "Code and message")
    @APIResponse(responseCode = "503", description = "Nothing was kept; send it again")
    public Uni<Response> post(@HeaderParam("Content-Type") @Nullable String type, byte[] body) {
        if (!json(type)) {
            String given = type == null ? "application/octet-stream" : type;
            return Uni.createFrom()
                    .item(answer(new Refusal(
                            415,
                            415,
                            "unsupported media type \"" + given + "\", only [application/json] are allowed")));
        }
        return parsed(body).flatMap(parsed -> {
            Refusal refusal = parsed.refusal();
            Response answer = refusal == null ? Response.ok().build() : answer(refusal);
            return intake.keep(parsed.alerts()).replaceWith(answer);
        });
    }

    private Uni<AlertParser.Parsed> parsed(byte[] body) {
        Uni<AlertParser.Parsed> parsed = Uni.createFrom().item(() -> parser.parse(body, clock.instant()));
        return body.length <= SMALL ? parsed : parsed.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static boolean json(@Nullable String type) {
        return type != null
                && type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(MediaType.APPLICATION_JSON);
    }

    private static Response answer(Refusal refusal) {
        Object entity = refusal.message();
        if (refusal.code() != null) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("code", refusal.code());
            both.put("message", refusal.message());
            entity = both;
        } else {
            entity = com.fasterxml.jackson.databind.node.TextNode.valueOf(refusal.message());
        }
        return Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(entity)
                .build();
    }
}
