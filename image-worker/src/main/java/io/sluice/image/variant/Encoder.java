package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsOperation;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * From an original and a recipe to bytes: shrink on load, upright, 8-bit sRGB, box, encode, metadata stripped. The first
 * frame of an animation is taken. The result never crosses the Java heap. It runs in child processes, too, where there are no
 * beans: of them, only constants may be used here.
 */
final class Encoder {
    private static final String WHITE = "255";

    private final Vips vips;

    Encoder(Vips vips) {
        this.vips = vips;
    }

    /** Takes the bytes while they are there. */
    interface Sink<T> {
        T take(ByteBuffer bytes) throws IOException;
    }

    /**
     * Encodes on the calling thread, which must be a platform thread.
     *
     * @throws VipsFailure when the original turns out to be damaged
     */
    <T> T encode(Path original, ImageFacts facts, Recipe recipe, ImageFormat format, Sink<T> sink) throws IOException {
        try (VipsSession session = vips.session()) {
            Frame frame = Frame.of(recipe, facts.width(), facts.height());
            VipsImage picture = shrink(session, session.read(original), facts, frame);
            if (format == ImageFormat.JPEG && picture.alpha()) {
                picture = session.operation("flatten")
                        .set("in", picture)
                        .set("background", WHITE)
                        .image();
            }
            if (frame.pad()) {
                picture = pad(session, picture, frame, format);
            }
            return sink.take(save(session, picture, recipe, format).asByteBuffer());
        }
    }

    private VipsImage shrink(VipsSession session, MemorySegment bytes, ImageFacts facts, Frame frame) {
        VipsOperation thumbnail = session.operation("thumbnail_buffer")
                .set("buffer", bytes)
                // "fail_on" itself is ignored by thumbnail_buffer; the loader's own option is not.
                .set("option-string", "[fail_on=error]")
                .set("width", frame.width())
                .set("height", frame.height())
                .set("size", "down");
        if (facts.colourManaged()) {
            // Not for every image: without a profile to convert from it changes nothing, and costs most of the time.
            thumbnail.set(vips.atLeast(8, 15) ? "output-profile" : "export-profile", "srgb");
        }
        if (frame.crop()) {
            thumbnail.set("crop", "centre");
        }
        return thumbnail.image();
    }

    private static VipsImage pad(VipsSession session, VipsImage picture, Frame frame, ImageFormat format) {
        boolean transparent = format != ImageFormat.JPEG;
        VipsImage inner = picture;
        if (transparent && !picture.alpha()) {
            inner = session.operation("bandjoin_const")
                    .set("in", picture)
                    .set("c", WHITE)
                    .image();
        }
        return session.operation("gravity")
                .set("in", inner)
                .set("direction", "centre")
                .set("width", frame.width())
                .set("height", frame.height())
                .set("extend", "background")
                .set("background", transparent ? "0" : WHITE)
                .image();
    }

    private MemorySegment save(VipsSession session, VipsImage picture, Recipe recipe, ImageFormat format) {
        VipsOperation save = session.operation(
                        switch (format) {
                            case AVIF -> "heifsave_buffer";
                            case WEBP -> "webpsave_buffer";
                            case JPEG -> "jpegsave_buffer";
                            case PNG -> "pngsave_buffer";
                        })
                .set("in", picture);
        recipe.quality().ifPresent(quality -> save.set("Q", quality));
        switch (format) {
            case AVIF ->
                save.set("compression", "av1")
                        .set("effort", EncoderProfile.AVIF_EFFORT)
                        .set("bitdepth", 8)
                        .set("subsample-mode", "on");
            case WEBP -> save.set("effort", EncoderProfile.WEBP_EFFORT);
            case JPEG -> save.set("interlace", true).set("optimize-coding", true);
            case PNG -> save.set("compression", EncoderProfile.PNG_COMPRESSION);
        }
        if (vips.atLeast(8, 15)) {
            save.set("keep", "none");
        } else {
            save.set("strip", true);
        }
        return save.bytes();
    }
}
