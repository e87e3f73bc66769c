package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Padding;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.util.Optional;

/** What lies below, around and above a picture: its background, its padding, its visible mark. */
final class Canvas {
    private static final String WHITE = "255";

    private final VipsSession session;
    private final Recipe recipe;
    private final ImageFormat format;
    private final Optional<Overlay> mark;

    Canvas(VipsSession session, Recipe recipe, ImageFormat format, Optional<Overlay> mark) {
        this.session = session;
        this.recipe = recipe;
        this.format = format;
        this.mark = mark;
    }

    /** The picture on its background, in its frame, padded, marked. */
    VipsImage around(VipsImage picture, Frame frame) throws IOException {
        VipsImage padded = padded(picture, frame);
        return mark.isPresent() ? mark.get().over(padded) : padded;
    }

    private VipsImage padded(VipsImage picture, Frame frame) {
        VipsImage on = onBackground(picture);
        int width = frame.pad() ? frame.width() : on.width();
        int height = frame.pad() ? frame.height() : on.height();
        Padding padding = recipe.padding();
        if (width == on.width() && height == on.height() && padding.equals(Padding.NONE)) {
            return frame.pad() ? ready(on) : on;
        }
        VipsImage inner = ready(on);
        return session.operation("embed")
                .set("in", inner)
                .set("x", padding.left() + (width - inner.width()) / 2)
                .set("y", padding.top() + (height - inner.height()) / 2)
                .set("width", padding.left() + width + padding.right())
                .set("height", padding.top() + height + padding.bottom())
                .set("extend", "background")
                .set("background", transparent() ? "0" : colour())
                .image();
    }

    /** A format without transparency needs a background, and so does whoever names one. */
    private VipsImage onBackground(VipsImage picture) {
        VipsImage coloured = picture;
        if (recipe.value('c').isPresent() && picture.bands() < 3) {
            coloured = session.operation("colourspace")
                    .set("in", picture)
                    .set("space", "srgb")
                    .image();
        }
        return transparent() || !coloured.alpha()
                ? coloured
                : session.operation("flatten")
                        .set("in", coloured)
                        .set("background", colour())
                        .image();
    }

    private VipsImage ready(VipsImage picture) {
        return transparent() && !picture.alpha()
                ? session.operation("bandjoin_const")
                        .set("in", picture)
                        .set("c", WHITE)
                        .image()
                : picture;
    }

    private boolean transparent() {
        return format != ImageFormat.JPEG && recipe.value('c').isEmpty();
    }

    private String colour() {
        return recipe.value('c').map(Canvas::channels).orElse(WHITE);
    }

    /** {@code rrggbb} as libvips takes it. */
    static String channels(String hex) {
        int rgb = Integer.parseInt(hex, 16);
        return (rgb >> 16) + " " + (rgb >> 8 & 255) + " " + (rgb & 255);
    }
}
