package io.sluice.image.variant;

import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lays a visible mark over finished pictures of one encode. */
final class Overlay {
    private final Vips vips;
    private final VipsSession session;
    private final MarkImages.Mark mark;
    private @Nullable VipsImage sized;

    Overlay(Vips vips, VipsSession session, MarkImages.Mark mark) {
        this.vips = vips;
        this.session = session;
        this.mark = mark;
    }

    /** The picture with the mark; it gains no transparency. */
    VipsImage over(VipsImage picture) throws IOException {
        MarkDefinition definition = mark.definition();
        VipsImage base = picture.bands() >= 3 ? picture : srgb(picture);
        int margin = base.width() * definition.margin() / 100;
        // All frames of one encode are alike in size.
        VipsImage stamp = sized == null ? stamp(base, margin) : sized;
        sized = stamp;
        VipsImage laid;
        if (definition.tile()) {
            laid = composite(base, tiled(stamp, base.width(), base.height(), margin), 0, 0);
        } else {
            int left = margin + start(definition.focus().x(), base.width() - 2 * margin, stamp.width());
            int top = margin + start(definition.focus().y(), base.height() - 2 * margin, stamp.height());
            laid = composite(base, stamp, left, top);
        }
        VipsImage flat = base.alpha()
                ? laid
                : session.operation("extract_band")
                        .set("in", laid)
                        .set("band", 0)
                        .set("n", 3)
                        .image();
        return session.operation("cast").set("in", flat).set("format", "uchar").image();
    }

    /** The mark's image at its size in this picture, as see-through as it is to be. */
    private VipsImage stamp(VipsImage base, int margin) throws IOException {
        int width = Math.max(1, base.width() * mark.definition().scale() / 100);
        SourcePicture source = new SourcePicture(vips, session, session.read(mark.image()), mark.facts());
        VipsImage small = srgb(source.shrunk()
                .set("width", Math.min(width, Math.max(1, base.width() - 2 * margin)))
                .set("height", Math.max(1, base.height() - 2 * margin))
                .set("size", "both")
                .image());
        VipsImage rgba = small.alpha()
                ? small
                : session.operation("bandjoin_const")
                        .set("in", small)
                        .set("c", "255")
                        .image();
        VipsImage faded = session.operation("linear")
                .set("in", rgba)
                .set("a", "1 1 1 " + mark.definition().opacity() / 100.0)
                .set("b", "0 0 0 0")
                .set("uchar", true)
                .image();
        VipsImage marked = session.operation("copy")
                .set("in", faded)
                .set("interpretation", "srgb")
                .image();
        return session.memory(marked);
    }

    private VipsImage tiled(VipsImage stamp, int width, int height, int margin) {
        int across = stamp.width() + margin;
        int down = stamp.height() + margin;
        VipsImage tile = session.operation("embed")
                .set("in", stamp)
                .set("x", 0)
                .set("y", 0)
                .set("width", across)
                .set("height", down)
                .set("extend", "background")
                .set("background", "0")
                .image();
        VipsImage many = session.operation("replicate")
                .set("in", tile)
                .set("across", width / across + 1)
                .set("down", height / down + 1)
                .image();
        return session.operation("extract_area")
                .set("input", many)
                .set("left", 0)
                .set("top", 0)
                .set("width", width)
                .set("height", height)
                .image();
    }

    private VipsImage composite(VipsImage base, VipsImage over, int left, int top) {
        return session.operation("composite2")
                .set("base", base)
                .set("overlay", over)
                .set("mode", "over")
                .set("x", left)
                .set("y", top)
                .image();
    }

    private VipsImage srgb(VipsImage picture) {
        return session.operation("colourspace")
                .set("in", picture)
                .set("space", "srgb")
                .image();
    }

    private static int start(int perMille, int length, int side) {
        return side >= length ? 0 : Cut.start(perMille, length, side);
    }
}
