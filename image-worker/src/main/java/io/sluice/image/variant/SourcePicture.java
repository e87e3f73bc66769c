package io.sluice.image.variant;

import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.SourceFormat;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsOperation;
import io.sluice.image.vips.VipsSession;
import java.lang.foreign.MemorySegment;

/**
 * The source of one encode, as far as a step needs it: its header, all its pixels, or shrunk while it is loaded.
 *
 * @param vips the library
 * @param session that everything belongs to
 * @param bytes of the source
 * @param facts of the source
 */
record SourcePicture(Vips vips, VipsSession session, MemorySegment bytes, ImageFacts facts) {
    /** What libjpeg can scale by while it decodes, at the most. */
    private static final int LARGEST_JPEG_SHRINK = 8;

    /** Its header: nothing is decoded until pixels are asked for. */
    VipsImage header() {
        return loader().set("access", "sequential").image();
    }

    /** All its pixels, upright, 8-bit sRGB. */
    VipsImage whole() {
        VipsImage loaded = loader().set("memory", true).image();
        VipsImage upright = session.operation("autorot").set("in", loaded).image();
        return session.operation("colourspace")
                .set("in", upright)
                .set("space", "srgb")
                .image();
    }

    /**
     * Brought to exactly this size, upright, 8-bit sRGB. A JPEG is decoded at an eighth, a quarter or half of its size where that
     * is enough, so that the last step may be less than a halving.
     *
     * @param gentle leaves a halving for the last step: worth its time only where the encoder takes far more
     */
    VipsImage shrunk(int width, int height, boolean gentle) {
        int shrink = Math.min(facts.width() / width, facts.height() / height) / (gentle ? 2 : 1);
        int scale = Integer.highestOneBit(Math.clamp(shrink, 1, LARGEST_JPEG_SHRINK));
        VipsOperation thumbnail = facts.format() == SourceFormat.JPEG && scale > 1
                ? managed(session.operation("thumbnail_image")
                        .set(
                                "in",
                                loader().set("access", "sequential")
                                        .set("shrink", scale)
                                        .image()))
                : shrunk();
        return thumbnail
                .set("width", width)
                .set("height", height)
                .set("size", "force")
                .image();
    }

    /** Shrunk while it is loaded, upright, 8-bit sRGB; the caller says how large it becomes. Of several frames the first. */
    VipsOperation shrunk() {
        return shrunk("[fail_on=error]");
    }

    /** As {@link #shrunk()}, with every frame, each below the one before; the size is that of one frame. */
    VipsOperation shrunkFrames() {
        return shrunk("[n=-1,fail_on=error]");
    }

    private VipsOperation shrunk(String options) {
        return managed(session.operation("thumbnail_buffer")
                .set("buffer", bytes)
                // "fail_on" itself is ignored by thumbnail_buffer; the loader's own option is not.
                .set("option-string", options));
    }

    private VipsOperation managed(VipsOperation thumbnail) {
        if (facts.colourManaged()) {
            // Not for every image: without a profile to convert from it changes nothing, and costs most of the time.
            thumbnail.set(vips.atLeast(8, 15) ? "output-profile" : "export-profile", "srgb");
        }
        return thumbnail;
    }

    private VipsOperation loader() {
        return session.operation(loader(facts.format())).set("buffer", bytes).set("fail-on", "error");
    }

    private static String loader(SourceFormat format) {
        return switch (format) {
            case JPEG -> "jpegload_buffer";
            case PNG -> "pngload_buffer";
            case GIF -> "gifload_buffer";
            case WEBP -> "webpload_buffer";
            case AVIF -> "heifload_buffer";
        };
    }
}
