package io.sluice.image.variant;

import io.sluice.contracts.image.Area;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.Gravity;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;

/**
 * What a recipe does to a picture beside bringing it into its box, in the order that {@link Recipe} gives. The source is still
 * shrunk while it is loaded: trimming looks at all its pixels first, everything else at the shrunk ones.
 */
final class Operations {
    private static final int OPAQUE = 255;

    private final VipsSession session;
    private final Recipe recipe;

    Operations(VipsSession session, Recipe recipe) {
        this.session = session;
        this.recipe = recipe;
    }

    /** A picture and the frame it belongs in. */
    record Framed(VipsImage picture, Frame frame) {}

    /** Whether a recipe asks for more than a box. */
    static boolean needed(Recipe recipe) {
        return !recipe.plain() || recipe.fit() == Fit.FILL;
    }

    /** Bytes for each pixel of the source that operations need on top, at the most: shrunk pixels, which are kept while a size is sought, too, and all for trimming. */
    static int bytesPerPixel(Recipe recipe) {
        if (!needed(recipe)) {
            return recipe.mostBytes() > 0 ? 4 : 0;
        }
        return recipe.amount('t') > 0 ? 8 : 4;
    }

    /**
     * The picture, up to its background.
     *
     * @param gentle see {@link SourcePicture#shrunk(int, int, boolean)}
     */
    Framed picture(SourcePicture source, VipsImage header, boolean gentle) {
        Cut cut = cut(source, header);
        VipsImage kept = part(source.shrunk(cut.width(), cut.height(), gentle), cut.part());
        // Turning and looking for what matters go back and forth in it; a plain picture streams.
        VipsImage turned = needed(recipe) ? turned(session.memory(kept)) : kept;
        return new Framed(filtered(part(turned, box(turned, cut.frame()))), cut.frame());
    }

    /** How far the source is shrunk, and what of it is kept. */
    Cut cut(SourcePicture source, VipsImage header) {
        boolean lies = header.orientation() >= 5;
        int width = lies ? header.pageHeight() : header.width();
        int height = lies ? header.width() : header.pageHeight();
        return Cut.of(recipe, width, height, kept(source, width, height));
    }

    /** What trimming and the area leave of the upright source, in its pixels. */
    private Area kept(SourcePicture source, int width, int height) {
        Area trimmed =
                recipe.amount('t') == 0 ? new Area(0, 0, width, height) : trimmed(source.whole(), recipe.amount('t'));
        return recipe.area().map(area -> within(trimmed, area)).orElse(trimmed);
    }

    private static Area within(Area outer, Area inner) {
        if (inner.left() >= outer.width() || inner.top() >= outer.height()) {
            throw new AreaOutside(inner, outer.width(), outer.height());
        }
        return new Area(
                outer.left() + inner.left(),
                outer.top() + inner.top(),
                Math.min(inner.width(), outer.width() - inner.left()),
                Math.min(inner.height(), outer.height() - inner.top()));
    }

    /** Without the edges that look like the corner: see-through ones, or ones of its colour. All of a flat picture stays. */
    private Area trimmed(VipsImage whole, int threshold) {
        byte[] corner = session.pixels(part(whole, new Area(0, 0, 1, 1)));
        boolean seeThrough = whole.alpha() && (corner[corner.length - 1] & 255) < OPAQUE;
        VipsImage looked = !seeThrough
                ? whole
                : session.operation("extract_band")
                        .set("in", whole)
                        .set("band", whole.bands() - 1)
                        .image();
        String background = seeThrough ? "0" : (corner[0] & 255) + " " + (corner[1] & 255) + " " + (corner[2] & 255);
        int[] found = session.operation("find_trim")
                .set("in", looked)
                .set("threshold", threshold)
                .set("background", background)
                .numbers("left", "top", "width", "height");
        return found[2] == 0 || found[3] == 0
                ? new Area(0, 0, whole.width(), whole.height())
                : new Area(found[0], found[1], found[2], found[3]);
    }

    /** A part of a picture; the picture itself when it is all of it. */
    VipsImage part(VipsImage picture, Area area) {
        boolean all = area.equals(new Area(0, 0, picture.width(), picture.height()));
        return all
                ? picture
                : session.operation("extract_area")
                        .set("input", picture)
                        .set("left", area.left())
                        .set("top", area.top())
                        .set("width", area.width())
                        .set("height", area.height())
                        .image();
    }

    /** Turned and mirrored. */
    VipsImage turned(VipsImage picture) {
        VipsImage turned = picture;
        if (recipe.amount('d') > 0) {
            turned = session.operation("rot")
                    .set("in", picture)
                    .set("angle", "d" + recipe.amount('d'))
                    .image();
        }
        String mirrored = recipe.value('f').orElse("");
        return mirrored.isEmpty()
                ? turned
                : session.operation("flip")
                        .set("in", turned)
                        .set("direction", mirrored.equals("h") ? "horizontal" : "vertical")
                        .image();
    }

    /** What of a turned picture the box takes. */
    Area box(VipsImage picture, Frame frame) {
        int width = Math.min(frame.width(), picture.width());
        int height = Math.min(frame.height(), picture.height());
        if (!frame.crop()) {
            return new Area(0, 0, picture.width(), picture.height());
        }
        if (recipe.gravity() instanceof Gravity.Smart smart) {
            VipsImage found = session.operation("smartcrop")
                    .set("input", picture)
                    .set("width", width)
                    .set("height", height)
                    .set("interesting", smart.text())
                    .image();
            return new Area(found.cutLeft(), found.cutTop(), width, height);
        }
        Gravity.Focus focus = Cut.focus(recipe.gravity());
        int left = Cut.start(focus.x(), picture.width(), width);
        int top = Cut.start(focus.y(), picture.height(), height);
        return new Area(left, top, width, height);
    }

    /** Blurred and sharpened. */
    VipsImage filtered(VipsImage picture) {
        VipsImage filtered = picture;
        if (recipe.amount('b') > 0) {
            filtered = blurred(picture, recipe.amount('b') / 10.0);
        }
        return recipe.amount('s') == 0
                ? filtered
                : session.operation("sharpen")
                        .set("in", filtered)
                        .set("sigma", recipe.amount('s') / 10.0)
                        .image();
    }

    /** Colours are weighed by their opacity while they are mixed: what cannot be seen does not bleed in. */
    private VipsImage blurred(VipsImage picture, double sigma) {
        VipsImage weighed = picture.alpha() ? of("premultiply", picture) : picture;
        VipsImage blurred = session.operation("gaussblur")
                .set("in", weighed)
                .set("sigma", sigma)
                .image();
        return picture.alpha()
                ? session.operation("cast")
                        .set("in", of("unpremultiply", blurred))
                        .set("format", "uchar")
                        .image()
                : blurred;
    }

    private VipsImage of(String operation, VipsImage picture) {
        return session.operation(operation).set("in", picture).image();
    }
}
