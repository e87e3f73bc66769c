package io.sluice.contracts.image;

/**
 * A part of a picture, in its pixels; letter {@code a} of a recipe, spelled {@code {left}x{top}x{width}x{height}}.
 *
 * @param left from the left edge, 0-65535
 * @param top from the top edge, 0-65535
 * @param width 1-65535
 * @param height 1-65535
 */
public record Area(int left, int top, int width, int height) {
    private static final int MAX = 65_535;

    public Area {
        if (left < 0 || top < 0 || width < 1 || height < 1 || left > MAX || top > MAX || width > MAX || height > MAX) {
            throw new MalformedAddress("an area is {left}x{top}x{width}x{height} in pixels, none above " + MAX);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws MalformedAddress when it is not canonical
     */
    public static Area parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 4) {
            throw new MalformedAddress("a must be {left}x{top}x{width}x{height}, was '" + text + "'");
        }
        return new Area(
                RecipeLetters.number('a', parts[0]),
                RecipeLetters.number('a', parts[1]),
                RecipeLetters.number('a', parts[2]),
                RecipeLetters.number('a', parts[3]));
    }

    /** As in a recipe. */
    public String text() {
        return left + "x" + top + "x" + width + "x" + height;
    }
}
