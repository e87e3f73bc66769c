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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * From an original and a recipe to bytes: shrink on load, upright, 8-bit sRGB, operations, box, encode, metadata
 * stripped. Of an animation the first frame is taken, or all when the recipe says so. The result never crosses the Java heap.
 * It runs in child processes, too, where there are no beans: of them, only constants may be used here.
 */
final class Encoder {
    private final Vips vips;
    private final Function<String, Mark> marks;

    /** An encoder that knows no visible marks. */
    Encoder(Vips vips) {
        this(vips, id -> {
            throw new UnknownMark(id);
        });
    }

    /** @param marks visible marks by the id that a recipe carries */
    Encoder(Vips vips, Function<String, Mark> marks) {
        this.vips = vips;
        this.marks = marks;
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
            SourcePicture source = new SourcePicture(vips, session, session.read(original), facts);
            Canvas canvas = new Canvas(
                    session, recipe, format, recipe.value('m').map(id -> new Overlay(vips, session, marks.apply(id))));
            if (recipe.value('n').isPresent() && Animation.wanted(recipe, source.header())) {
                Animation.Roll roll = new Animation(session, recipe, canvas).roll(source, source.header());
                return sink.take(bytes(session, roll.frames(), roll.height(), recipe, format));
            }
            Operations.Framed framed = new Operations(session, recipe).picture(source, source.header(), gentle(format));
            VipsImage picture = canvas.around(framed.picture(), framed.frame());
            return sink.take(bytes(session, picture, 0, recipe, format));
        }
    }

    /** Whether the encoder takes so long that the best decode costs little beside it. */
    static boolean gentle(ImageFormat format) {
        return format == ImageFormat.AVIF;
    }

    /** @param height of one frame; 0: it is a still picture */
    private ByteBuffer bytes(VipsSession session, VipsImage picture, int height, Recipe recipe, ImageFormat format) {
        if (recipe.mostBytes() == 0) {
            return bytes(framed(save(session, picture, recipe, format), height), format);
        }
        VipsImage pixels = session.memory(picture);
        return SizeSearch.best(
                recipe.quality().orElseThrow(),
                recipe.mostBytes(),
                quality -> bytes(
                        framed(save(session, pixels, recipe.with('q', Integer.toString(quality)), format), height),
                        format),
                ByteBuffer::remaining);
    }

    /** Runs what {@link #save} made; the bytes live as long as the session. */
    ByteBuffer bytes(VipsOperation save, ImageFormat format) {
        ByteBuffer bytes = save.bytes().asByteBuffer();
        // Before 8.15 libvips keeps EXIF and XMP in a WebP although it is told to strip them.
        return format == ImageFormat.WEBP && !vips.atLeast(8, 15) ? OriginalPixels.stripWebp(bytes) : bytes;
    }

    private static VipsOperation framed(VipsOperation save, int height) {
        return height > 0 ? save.set("page-height", height) : save;
    }

    /** The operation that encodes a picture; its bytes live as long as the session. */
    VipsOperation save(VipsSession session, VipsImage picture, Recipe recipe, ImageFormat format) {
        VipsOperation save = session.operation(
                        switch (format) {
                            case AVIF -> "heifsave_buffer";
                            case WEBP -> "webpsave_buffer";
                            case JPEG -> "jpegsave_buffer";
                            case PNG -> "pngsave_buffer";
                            case GIF -> "gifsave_buffer";
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
            case GIF -> save.set("effort", EncoderProfile.GIF_EFFORT);
        }
        if (vips.atLeast(8, 15)) {
            save.set("keep", "none");
        } else {
            save.set("strip", true);
        }
        return save;
    }
}
