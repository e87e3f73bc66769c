package io.sluice.image.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.image.NamedMark;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.OperationNames;
import io.sluice.contracts.page.Page;
import io.sluice.image.variant.MarkDefinition;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Visible marks. Reading answers from memory, within 2 s of a change on another replica. */
@Path("/api/v1/watermarks")
@Tag(name = "watermarks")
@Produces(MediaType.APPLICATION_JSON)
public class WatermarkResource {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final DefinitionStore store;
    private final Definitions definitions;
    private final MarkPictures pictures;
    private final ObjectMapper json;

    WatermarkResource(DefinitionStore store, Definitions definitions, MarkPictures pictures, ObjectMapper json) {
        this.store = store;
        this.definitions = definitions;
        this.pictures = pictures;
        this.json = json;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Watermarks, by name")
    public Page<NamedMark> list(
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        return Pages.of(definitions.known().marks(), limit, cursor);
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One watermark")
    @APIResponse(responseCode = "200", description = "the watermark")
    @APIResponse(responseCode = "404", description = "no watermark has this name")
    public NamedMark get(String name) {
        return Optional.ofNullable(definitions.known().marks().get(name))
                .orElseThrow(() -> new UnknownResource("watermark", name));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Blocking
    @Operation(
            summary = "Define a watermark",
            description = "An uploaded image, or a text that is drawn once. Its id follows from its content: another"
                    + " definition is another id and so another address; variants that carry the former one stay as they"
                    + " are. Repeating it is harmless.")
    @APIResponse(responseCode = "200", description = "the watermark as it is now")
    @APIResponse(responseCode = "400", description = "a parameter is not what it must be")
    @APIResponse(responseCode = "422", description = "there is no font to draw the text with")
    public NamedMark put(@Parameter(description = "1-63 of a-z 0-9 _ -") String name, @Nullable WatermarkRequest body) {
        if (body == null) {
            throw new InvalidRequest("body", "is required");
        }
        if (!Names.isCollection(name)) {
            throw new InvalidRequest("name", "must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        try {
            body.check();
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("watermark", String.valueOf(e.getMessage()));
        }
        MarkDefinition mark = body.definition(pictures.oid(body));
        store.putMark(name, mark.id(), text(mark))
                .chain(definitions::refresh)
                .await()
                .atMost(DATABASE);
        return Definitions.named(name, mark.id(), mark);
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Take a watermark's name away",
            description = "Its definition stays for the addresses that carry its id.")
    @APIResponse(responseCode = "204", description = "the name is gone")
    @APIResponse(responseCode = "404", description = "no watermark has this name")
    @APIResponse(responseCode = "409", description = "presets use it")
    public Uni<RestResponse<Void>> delete(String name) {
        return definitions
                .refresh()
                .invoke(() -> unused(name))
                .chain(() -> store.deleteMarkName(name))
                .call(definitions::refresh)
                .map(gone -> {
                    if (!gone) {
                        throw new UnknownResource("watermark", name);
                    }
                    return RestResponse.noContent();
                });
    }

    private void unused(String name) {
        List<String> presets = definitions.known().presets().values().stream()
                .filter(preset -> name.equals(preset.operations().get(OperationNames.WATERMARK)))
                .map(NamedPreset::name)
                .toList();
        if (!presets.isEmpty()) {
            throw new InUse(name, presets);
        }
    }

    private String text(MarkDefinition mark) {
        try {
            return json.writeValueAsString(mark);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a watermark can be written", e);
        }
    }
}
