package io.sluice.image.variant;

import io.sluice.contracts.image.Area;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.Gravity;
import io.sluice.contracts.image.Recipe;

/**
 * How far a picture is shrunk before it is cut, so that decoders may shrink while they load, and where it is cut. Pure.
 *
 * @param width of the whole picture once shrunk, in pixels, before it is turned
 * @param height likewise
 * @param part of it that is kept, before it is turned
 * @param frame the box of the result, after it is turned
 */
record Cut(int width, int height, Area part, Frame frame) {

    /** Of an upright picture of {@code width} x {@code height} pixels, of which {@code kept} is kept. */
    static Cut of(Recipe recipe, int width, int height, Area kept) {
        boolean turned = turned(recipe);
        int pictureWidth = turned ? kept.height() : kept.width();
        int pictureHeight = turned ? kept.width() : kept.height();
        Frame frame = Frame.of(recipe, pictureWidth, pictureHeight);
        int partWidth = frame.width();
        int partHeight = frame.height();
        if (!stretches(recipe)) {
            double horizontal = (double) frame.width() / pictureWidth;
            double vertical = (double) frame.height() / pictureHeight;
            double scale = frame.crop() ? Math.max(horizontal, vertical) : Math.min(1, Math.min(horizontal, vertical));
            partWidth = scaled(pictureWidth, scale, frame.crop() ? frame.width() : 1);
            partHeight = scaled(pictureHeight, scale, frame.crop() ? frame.height() : 1);
        }
        return unturned(width, height, kept, turned ? partHeight : partWidth, turned ? partWidth : partHeight, frame);
    }

    /** Where a box of {@code side} pixels begins that is centred on a point as far as the edges allow. */
    static int start(int perMille, int length, int side) {
        return Math.clamp(Math.round(perMille / 1000.0 * length - side / 2.0), 0, length - side);
    }

    /** Whether the recipe lays the picture on its side. */
    static boolean turned(Recipe recipe) {
        int degrees = recipe.amount('d');
        return degrees == 90 || degrees == 270;
    }

    /** The point that the cut keeps; the centre where a look at the picture decides. */
    static Gravity.Focus focus(Gravity gravity) {
        return switch (gravity) {
            case Gravity.Compass compass -> compass.focus();
            case Gravity.Focus focus -> focus;
            case Gravity.Smart smart -> Gravity.Focus.CENTRE;
        };
    }

    private static Cut unturned(int width, int height, Area kept, int partWidth, int partHeight, Frame frame) {
        int wholeWidth = scaled(width, (double) partWidth / kept.width(), partWidth);
        int wholeHeight = scaled(height, (double) partHeight / kept.height(), partHeight);
        int left = (int) Math.min(wholeWidth - partWidth, Math.round((double) kept.left() * wholeWidth / width));
        int top = (int) Math.min(wholeHeight - partHeight, Math.round((double) kept.top() * wholeHeight / height));
        return new Cut(wholeWidth, wholeHeight, new Area(left, top, partWidth, partHeight), frame);
    }

    private static boolean stretches(Recipe recipe) {
        return recipe.fit() == Fit.FILL
                && recipe.width().isPresent()
                && recipe.height().isPresent();
    }

    /** So many pixels of a side at a scale, at least {@code least}. */
    static int scaled(int pixels, double scale, int least) {
        return (int) Math.max(least, Math.round(pixels * scale));
    }
}
