package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.scan.ImageFacts;
import java.util.Optional;

/** When a source's own pixels may stand in for a variant that would not be smaller. */
final class Substitution {
    private Substitution() {}

    /**
     * The format of the source's own pixels, when they show the same cut, and in a format that every client shows who asked for this one: one not above it
     * in rank (AVIF, WebP, JPEG and PNG alike); else empty. They are stripped, so they never stand in where rights are kept.
     */
    static Optional<ImageFormat> of(ImageFacts facts, Recipe recipe, ImageFormat asked) {
        if (Operations.needed(recipe) || recipe.keepsRights()) {
            return Optional.empty();
        }
        return OriginalPixels.format(facts.format())
                .filter(original -> notAbove(original, asked))
                .filter(original ->
                        Frame.of(recipe, facts.width(), facts.height()).keepsShape(facts.width(), facts.height()));
    }

    private static boolean notAbove(ImageFormat original, ImageFormat asked) {
        return original.compareTo(asked) >= 0 || (original == ImageFormat.JPEG && asked == ImageFormat.PNG);
    }
}
