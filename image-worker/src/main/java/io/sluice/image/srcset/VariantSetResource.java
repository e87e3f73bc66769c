package io.sluice.image.srcset;

import io.sluice.contracts.image.Names;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Responsive sets. */
@Path("/api/v1/images/{oid}/variants")
@Tag(name = "images")
@Produces(MediaType.APPLICATION_JSON)
public class VariantSetResource {
    private static final int LONGEST_KEY = 128;

    private final VariantSets sets;

    VariantSetResource(VariantSets sets) {
        this.sets = sets;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @RunOnVirtualThread
    @Operation(
            summary = "Make a responsive set",
            description =
                    "Signed addresses, a srcset for each format and a <picture>, at once; what is missing is made in"
                            + " the background by one job with one decode. An address that is asked for earlier is made on demand."
                            + " Widths are snapped up to the sizes of addresses, and down where the source is smaller; a directive"
                            + " in force caps formats, qualities and sizes. A preset, or a fit with a ratio, gives every width a"
                            + " box, whose height is snapped up.")
    @APIResponse(
            responseCode = "200",
            description = "everything is stored",
            content = @Content(schema = @Schema(implementation = VariantSet.class)))
    @APIResponse(responseCode = "202", description = "the same, with the job that makes the rest")
    @APIResponse(responseCode = "400", description = "a field of the body is not valid")
    @APIResponse(responseCode = "404", description = "no image has this oid")
    @APIResponse(responseCode = "422", description = "the Idempotency-Key was used for another set")
    @APIResponse(responseCode = "429", description = "the image has too many variants")
    public RestResponse<VariantSet> make(
            String oid,
            @Parameter(
                            description =
                                    "repeated within a day, it answers with the same addresses and job; at most 128"
                                            + " characters")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable SetRequest body) {
        if (!Names.isOid(oid)) {
            throw new InvalidRequest("oid", "must be 64 lower-case hex digits");
        }
        if (body == null) {
            throw new InvalidRequest("body", "is required; {} asks for the defaults");
        }
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new InvalidRequest("Idempotency-Key", "must have 1-" + LONGEST_KEY + " characters");
        }
        VariantSet set = sets.make(oid, body, key);
        return set.ready() ? RestResponse.ok(set) : RestResponse.accepted(set);
    }
}
