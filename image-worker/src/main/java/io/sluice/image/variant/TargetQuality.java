package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Settles the quality of a recipe that names a likeness: tries a small copy of the picture, at most 512 pixels wide, with the
 * encoder's own settings, and compares what comes back. Costs up to four small encodes, so only jobs do it.
 */
final class TargetQuality {
    private static final int SIDE = 512;

    private final Vips vips;
    private final Encoder encoder;

    TargetQuality(Vips vips) {
        this.vips = vips;
        this.encoder = new Encoder(vips);
    }

    /** The recipe with a number instead of its likeness; on the calling thread, which must be a platform thread. */
    Recipe settled(Path original, ImageFacts facts, Recipe recipe, ImageFormat format) throws IOException {
        int thousandths = recipe.likeness().orElseThrow();
        try (VipsSession session = vips.session()) {
            VipsImage small = small(new SourcePicture(vips, session, session.read(original), facts), recipe);
            byte[] luma = luma(session, small);
            int quality = QualitySearch.lowest(
                    Quality.alike(format, thousandths),
                    thousandths / 1000.0,
                    tried -> Likeness.of(luma, tried(session, small, at(recipe, tried), format), small.width()));
            return at(recipe, quality);
        }
    }

    private static Recipe at(Recipe recipe, int quality) {
        return recipe.with('q', Integer.toString(quality));
    }

    private static VipsImage small(SourcePicture source, Recipe recipe) {
        int side = Math.min(
                SIDE, Math.max(recipe.width().orElse(0), recipe.height().orElse(0)));
        VipsImage shrunk = source.shrunk()
                .set("width", side)
                .set("height", side)
                .set("size", "down")
                .image();
        VipsSession session = source.session();
        VipsImage opaque =
                shrunk.alpha() ? session.operation("flatten").set("in", shrunk).image() : shrunk;
        return session.memory(opaque);
    }

    private byte[] tried(VipsSession session, VipsImage small, Recipe recipe, ImageFormat format) {
        MemorySegment bytes = encoder.save(session, small, recipe, format).bytes();
        String loader = switch (format) {
            case AVIF -> "heifload_buffer";
            case WEBP -> "webpload_buffer";
            default -> "jpegload_buffer";
        };
        return luma(session, session.operation(loader).set("buffer", bytes).image());
    }

    private static byte[] luma(VipsSession session, VipsImage picture) {
        VipsImage grey = session.operation("colourspace")
                .set("in", picture)
                .set("space", "b-w")
                .image();
        return session.pixels(
                session.operation("cast").set("in", grey).set("format", "uchar").image());
    }
}
