package io.sluice.contracts.image;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of parameters under a name: item of image-worker's {@code GET /api/v1/presets}, which cdn-gateway follows for
 * {@code /img/..?preset=card}.
 *
 * @param name 1-63 of {@code a-z 0-9 _ -}
 * @param width of the box in CSS pixels, 1-4096; 0 for a free side
 * @param height likewise; one of both is not free
 * @param fit token of a {@link Fit}
 * @param dpr most device pixels for a CSS pixel, 1-4
 * @param quality 1-100 by format: {@code avif}, {@code webp}, {@code jpeg}
 * @param operations as they were named, see {@link OperationNames}
 * @param letters what a recipe says for them, the mark included
 */
public record NamedPreset(
        String name,
        int width,
        int height,
        String fit,
        int dpr,
        Map<String, Integer> quality,
        Map<String, String> operations,
        Map<String, String> letters) {

    public NamedPreset {
        if (!Names.isCollection(name)) {
            throw new IllegalArgumentException("name must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        side("width", width);
        side("height", height);
        if (width == 0 && height == 0) {
            throw new IllegalArgumentException("width or height is required");
        }
        if (Fit.ofToken(fit).isEmpty()) {
            throw new IllegalArgumentException("fit must be contain, cover, inside or fill");
        }
        if (dpr < 1 || dpr > 4) {
            throw new IllegalArgumentException("dpr must be 1-4");
        }
        quality = Map.copyOf(quality);
        for (String format : new String[] {"avif", "webp", "jpeg"}) {
            int value = quality.getOrDefault(format, 0);
            if (value < 1 || value > 100) {
                throw new IllegalArgumentException("quality." + format + " must be 1-100");
            }
        }
        operations = Map.copyOf(operations);
        letters = Map.copyOf(letters);
        recipe(letters, fit, width, height);
    }

    /** What its recipes have beside box, quality and profile. */
    public SortedMap<Character, String> details() {
        SortedMap<Character, String> details = new TreeMap<>();
        letters.forEach((letter, value) -> details.put(letter.charAt(0), value));
        details.put('x', fit);
        return details;
    }

    /**
     * Whether an address is one of this preset's: the same cut in the same way, no larger and no better. Smaller and worse are
     * what small sources, directives and Save-Data make of it.
     */
    public boolean covers(Recipe recipe, ImageFormat format) {
        SortedMap<Character, String> details = details();
        details.remove('l');
        if (!format.animates()) {
            details.remove('n');
        }
        return recipe.details().equals(details)
                && within(recipe.width().orElse(0), width)
                && within(recipe.height().orElse(0), height)
                && recipe.quality().orElse(0) <= quality.getOrDefault(format.token(), 0);
    }

    private boolean within(int side, int most) {
        return most == 0 ? side == 0 : side > 0 && side <= SizeLadder.snapUp(Math.min(SizeLadder.MAX, most * dpr));
    }

    /** Refuses what no recipe could say. */
    private static void recipe(Map<String, String> letters, String fit, int width, int height) {
        SortedMap<Character, String> parameters = new TreeMap<>();
        letters.forEach((letter, value) -> parameters.put(letter.charAt(0), value));
        parameters.put('x', fit);
        if (parameters.containsKey('l')) {
            parameters.put('q', "1"); // each format has its own
        }
        if (width > 0) {
            parameters.put('w', Integer.toString(SizeLadder.snapUp(width)));
        }
        if (height > 0) {
            parameters.put('h', Integer.toString(SizeLadder.snapUp(height)));
        }
        new Recipe("e1", parameters);
    }

    private static void side(String name, int pixels) {
        if (pixels < 0 || pixels > SizeLadder.MAX) {
            throw new IllegalArgumentException(name + " must be 0-" + SizeLadder.MAX);
        }
    }
}
