package io.sluice.image.definition;

import io.sluice.image.upload.ImageStore;
import io.sluice.image.upload.StoredImage;
import io.sluice.image.upload.Uploads;
import io.sluice.image.variant.NoLibrary;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.platform.problem.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The image of a watermark: an uploaded one, or a text drawn and stored like an upload. Blocking; for platform threads. */
@ApplicationScoped
class MarkPictures {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final VipsLibrary library;
    private final Uploads uploads;
    private final ImageStore images;

    MarkPictures(VipsLibrary library, Uploads uploads, ImageStore images) {
        this.library = library;
        this.uploads = uploads;
        this.images = images;
    }

    /**
     * The oid of a request's image.
     *
     * @throws InvalidRequest when it names one that was not uploaded
     * @throws NoFont when its text cannot be drawn
     */
    String oid(WatermarkRequest request) {
        String oid = request.oid();
        if (oid != null) {
            if (images.find(oid).await().atMost(DATABASE).isEmpty()) {
                throw new InvalidRequest("oid", "no image has this oid; upload it first");
            }
            return oid;
        }
        byte[] png = TextPicture.of(
                library.vips().orElseThrow(() -> new NoLibrary(library.problem())),
                Objects.requireNonNull(request.text()),
                Objects.requireNonNullElse(request.font(), "sans bold"),
                channels(Objects.requireNonNullElse(request.colour(), "ffffff")));
        StoredImage image = uploads.take(new ByteArrayInputStream(png), OptionalLong.of(png.length), Optional.empty());
        images.remember(image).await().atMost(DATABASE);
        return image.oid();
    }

    private static String channels(String hex) {
        int rgb = Integer.parseInt(hex, 16);
        return rgb / 65_536 + " " + rgb / 256 % 256 + " " + rgb % 256;
    }
}
