package io.sluice.image.upload;

import io.sluice.contracts.image.Names;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Images: uploads, and what is known of them. */
@Path("/api/v1/images")
@Tag(name = "images")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final Uploads uploads;
    private final ImageStore store;

    ImageResource(Uploads uploads, ImageStore store) {
        this.uploads = uploads;
        this.store = store;
    }

    @POST
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, "image/*", MediaType.WILDCARD})
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @RunOnVirtualThread
    @Operation(
            summary = "Upload an image",
            description = "The body is the image itself; its format is told by its first bytes, whatever its media type"
                    + " says. Repeating an upload is harmless. Content-Digest (sha-256) is checked when it is there.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(schema = @Schema(implementation = StoredImage.class)))
    @APIResponse(responseCode = "200", description = "known already; the same answer")
    @APIResponse(responseCode = "400", description = "the body did not arrive as announced")
    @APIResponse(responseCode = "413", description = "longer than sluice.image.upload.max-bytes")
    @APIResponse(responseCode = "415", description = "not a JPEG, PNG, WebP, AVIF or GIF image")
    @APIResponse(responseCode = "422", description = "damaged, too many pixels, or built to be costly")
    public RestResponse<StoredImage> upload(
            InputStream body,
            @HeaderParam("Content-Length") @Nullable Long length,
            @HeaderParam("Content-Digest") @Nullable String digest) {
        StoredImage image = uploads.take(
                body, length == null ? OptionalLong.empty() : OptionalLong.of(length), ContentDigest.sha256(digest));
        boolean fresh = store.remember(image).await().atMost(DATABASE);
        uploads.confirm(image);
        return fresh
                ? RestResponse.ResponseBuilder.<StoredImage>created(URI.create("/api/v1/images/" + image.oid()))
                        .entity(image)
                        .build()
                : RestResponse.ok(image);
    }

    @GET
    @Path("{oid}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "What is known of an image")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StoredImage.class)))
    @APIResponse(responseCode = "404", description = "no image has this oid")
    public Uni<StoredImage> image(String oid) {
        if (!Names.isOid(oid)) {
            throw new InvalidRequest("oid", "must be 64 lower-case hex digits");
        }
        return store.find(oid).map(found -> found.orElseThrow(() -> new UnknownResource("image", oid)));
    }
}
