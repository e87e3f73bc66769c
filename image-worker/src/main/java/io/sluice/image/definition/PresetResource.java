package io.sluice.image.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Presets. Reading answers from memory, within 2 s of a change on another replica. */
@Path("/api/v1/presets")
@Tag(name = "presets")
@Produces(MediaType.APPLICATION_JSON)
public class PresetResource {
    private final DefinitionStore store;
    private final Definitions definitions;
    private final ObjectMapper json;

    PresetResource(DefinitionStore store, Definitions definitions, ObjectMapper json) {
        this.store = store;
        this.definitions = definitions;
        this.json = json;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Presets, by name")
    public Page<NamedPreset> list(
            @RestQuery @DefaultValue("100") @Parameter(description = "1-1000") int limit,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String cursor) {
        return Pages.of(definitions.known().presets(), limit, cursor);
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One preset")
    @APIResponse(responseCode = "200", description = "the preset")
    @APIResponse(responseCode = "404", description = "no preset has this name")
    public NamedPreset get(String name) {
        return Optional.ofNullable(definitions.known().presets().get(name))
                .orElseThrow(() -> new UnknownResource("preset", name));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Define a preset",
            description = "A set of parameters that /img takes as preset={name}. Repeating it is harmless.")
    @APIResponse(responseCode = "200", description = "the preset as it is now")
    @APIResponse(responseCode = "400", description = "a parameter is not what it must be")
    public Uni<NamedPreset> put(
            @Parameter(description = "1-63 of a-z 0-9 _ -") String name, @Nullable PresetRequest body) {
        if (body == null) {
            throw new InvalidRequest("body", "is required");
        }
        return definitions.refresh().chain(() -> {
            check(name, body);
            return store.putPreset(name, text(body)).chain(definitions::refresh).map(ignored -> get(name));
        });
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Take a preset away", description = "What was made of it goes on being served.")
    @APIResponse(responseCode = "204", description = "the preset is gone")
    @APIResponse(responseCode = "404", description = "no preset has this name")
    public Uni<RestResponse<Void>> delete(String name) {
        return store.deletePreset(name).call(definitions::refresh).map(gone -> {
            if (!gone) {
                throw new UnknownResource("preset", name);
            }
            return RestResponse.noContent();
        });
    }

    private void check(String name, PresetRequest body) {
        try {
            body.named(name, definitions.saved().markNames());
        } catch (MalformedAddress | IllegalArgumentException e) {
            throw new InvalidRequest("preset", String.valueOf(e.getMessage()));
        }
    }

    private String text(PresetRequest body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preset can be written", e);
        }
    }
}
