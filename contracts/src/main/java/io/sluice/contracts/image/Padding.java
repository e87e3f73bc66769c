package io.sluice.contracts.image;

/**
 * Pixels around a finished picture; letter {@code p} of a recipe: one number for all sides, else
 * {@code {top}x{right}x{bottom}x{left}}.
 *
 * @param top 0-{@value #MAX}
 * @param right 0-{@value #MAX}
 * @param bottom 0-{@value #MAX}
 * @param left 0-{@value #MAX}
 */
public record Padding(int top, int right, int bottom, int left) {
    /** Most pixels on one side. */
    public static final int MAX = 512;

    /** No pixels at all; has no spelling. */
    public static final Padding NONE = new Padding(0, 0, 0, 0);

    public Padding {
        if (outside(top) || outside(right) || outside(bottom) || outside(left)) {
            throw new MalformedAddress("p must be 0-" + MAX + " pixels on each side");
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws MalformedAddress when it is not canonical, or pads nothing
     */
    public static Padding parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 1 && parts.length != 4) {
            throw new MalformedAddress("p must be one number or {top}x{right}x{bottom}x{left}, was '" + text + "'");
        }
        int top = RecipeLetters.number('p', parts[0]);
        Padding padding = parts.length == 1
                ? new Padding(top, top, top, top)
                : new Padding(
                        top,
                        RecipeLetters.number('p', parts[1]),
                        RecipeLetters.number('p', parts[2]),
                        RecipeLetters.number('p', parts[3]));
        if (padding.equals(NONE) || !padding.text().equals(text)) {
            throw new MalformedAddress("p must pad something, and equal sides are one number, was '" + text + "'");
        }
        return padding;
    }

    /** As in a recipe. */
    public String text() {
        return top == right && top == bottom && top == left
                ? Integer.toString(top)
                : top + "x" + right + "x" + bottom + "x" + left;
    }

    private static boolean outside(int pixels) {
        return pixels < 0 || pixels > MAX;
    }
}
