package io.sluice.image.variant;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.Padding;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.SizeLadder;

/**
 * The box a picture is brought into, in pixels; never larger than the picture allows.
 *
 * @param width at most
 * @param height at most
 * @param crop whether what sticks out is cut off
 * @param pad whether the picture is padded to exactly this box
 */
record Frame(int width, int height, boolean crop, boolean pad) {
    /** The frame of a recipe for a picture of this size, upright. */
    static Frame of(Recipe recipe, int pictureWidth, int pictureHeight) {
        Padding padding = recipe.padding();
        int width = recipe.width().orElse(SizeLadder.MAX - padding.left() - padding.right());
        int height = recipe.height().orElse(SizeLadder.MAX - padding.top() - padding.bottom());
        boolean both = recipe.width().isPresent() && recipe.height().isPresent();
        if (!both || recipe.fit() == Fit.INSIDE) {
            return new Frame(width, height, false, false);
        }
        // A small picture keeps its pixels: the box shrinks with its shape.
        double scale = recipe.fit() == Fit.CONTAIN
                ? Math.min(1, Math.max((double) pictureWidth / width, (double) pictureHeight / height))
                : Math.min(1, Math.min((double) pictureWidth / width, (double) pictureHeight / height));
        int w = Math.max(1, (int) Math.round(width * scale));
        int h = Math.max(1, (int) Math.round(height * scale));
        return new Frame(w, h, recipe.fit() == Fit.COVER, recipe.fit() == Fit.CONTAIN);
    }

    /** Whether the result shows the same cut of the picture as the source does, so that the source can stand in for it. */
    boolean keepsShape(int pictureWidth, int pictureHeight) {
        return !(crop || pad) || Math.abs((double) width / height - (double) pictureWidth / pictureHeight) < 0.01;
    }
}
