package io.sluice.image.variant;

import io.sluice.contracts.image.Area;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Every frame of a moving source, each one changed alike. libvips keeps frames below each other in one tall picture. */
final class Animation {
    /** Most pixels of all frames together; a source with more is taken for its first frame. */
    static final long MAX_PIXELS = 40_000_000;

    private final VipsSession session;
    private final Recipe recipe;
    private final Canvas canvas;

    Animation(VipsSession session, Recipe recipe, Canvas canvas) {
        this.session = session;
        this.recipe = recipe;
        this.canvas = canvas;
    }

    /**
     * Frames below each other.
     *
     * @param frames all of them
     * @param height of one, in pixels
     */
    record Roll(VipsImage frames, int height) {}

    /** Whether a recipe asks for all frames, and there is more than one, and not too much in them. */
    static boolean wanted(Recipe recipe, VipsImage header) {
        return recipe.value('n').isPresent()
                && header.pages() > 1
                && fits(header.width(), header.pageHeight(), header.pages());
    }

    /** Whether so many frames of this size are not too much. */
    static boolean fits(int width, int height, int frames) {
        return (long) width * height * frames <= MAX_PIXELS;
    }

    /** Bytes that frames need on top of what a still picture needs, at the most. */
    static long bytes(Recipe recipe, boolean animated) {
        return animated && recipe.value('n').isPresent() ? MAX_PIXELS * 4 : 0;
    }

    /** All frames, finished. */
    Roll roll(SourcePicture source, VipsImage header) throws IOException {
        Operations operations = new Operations(session, recipe);
        Cut cut = operations.cut(source, header);
        VipsImage shrunk = source.shrunkFrames()
                .set("width", cut.width())
                .set("height", cut.height())
                .set("size", "force")
                .image();
        if (untouched(cut)) {
            return new Roll(shrunk, cut.height());
        }
        VipsImage ready = session.memory(shrunk);
        List<VipsImage> frames = new ArrayList<>();
        Area box = null;
        for (int i = 0; i < header.pages(); i++) {
            Area part = new Area(
                    cut.part().left(),
                    cut.part().top() + i * cut.height(),
                    cut.part().width(),
                    cut.part().height());
            VipsImage turned = operations.turned(operations.part(ready, part));
            // What the first frame shows decides for all of them, else the picture would jump.
            box = box == null ? operations.box(turned, cut.frame()) : box;
            frames.add(canvas.around(operations.filtered(operations.part(turned, box)), cut.frame()));
        }
        VipsImage joined = session.operation("arrayjoin")
                .set("in", frames)
                .set("across", 1)
                .image();
        return new Roll(joined, frames.getFirst().height());
    }

    private boolean untouched(Cut cut) {
        return !Operations.needed(recipe.without('n'))
                && !cut.frame().crop()
                && !cut.frame().pad();
    }
}
