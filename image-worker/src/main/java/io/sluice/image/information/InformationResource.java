package io.sluice.image.information;

import io.sluice.contracts.image.Names;
import io.sluice.image.upload.ImageStore;
import io.sluice.image.upload.StoredImage;
import io.sluice.image.variant.Look;
import io.sluice.image.variant.SourceLooks;
import io.sluice.image.variant.Thumbnail;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an image shows: found out when first asked for, then remembered. */
@Path("/api/v1/images/{oid}/info")
@Tag(name = "images")
@Produces(MediaType.APPLICATION_JSON)
public class InformationResource {
    private final ImageStore images;
    private final InformationStore store;
    private final SourceLooks looks;

    InformationResource(ImageStore images, InformationStore store, SourceLooks looks) {
        this.images = images;
        this.store = store;
        this.looks = looks;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "What an image is and shows",
            description = "Size, frames, colour space, dominant colour, and placeholders to show until the picture is"
                    + " loaded. Found out when it is first asked for, then remembered.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImageInformation.class)))
    @APIResponse(responseCode = "404", description = "no image has this oid")
    @APIResponse(responseCode = "422", description = "the image turns out to be damaged")
    public Uni<ImageInformation> information(String oid) {
        if (!Names.isOid(oid)) {
            throw new InvalidRequest("oid", "must be 64 lower-case hex digits");
        }
        return store.find(oid)
                .chain(known -> known.map(found -> Uni.createFrom().item(found)).orElseGet(() -> findOut(oid)));
    }

    private Uni<ImageInformation> findOut(String oid) {
        return images.find(oid)
                .map(image -> image.orElseThrow(() -> new UnknownResource("image", oid)))
                .chain(image -> looks.at(oid).map(look -> information(image, look)))
                .call(store::remember);
    }

    private static ImageInformation information(StoredImage image, Look look) {
        Thumbnail thumbnail = look.thumbnail();
        return new ImageInformation(
                image.oid(),
                image.bytes(),
                image.format(),
                image.width(),
                image.height(),
                look.frames(),
                image.alpha(),
                look.colourSpace(),
                look.colourProfile(),
                look.orientation(),
                DominantColour.of(thumbnail),
                BlurHash.of(thumbnail),
                ThumbHash.of(thumbnail));
    }
}
