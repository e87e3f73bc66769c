package io.sluice.contracts.image;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What each letter of a {@link Recipe} may say. One spelling for one meaning: what is not canonical is refused. */
final class RecipeLetters {
    /** Largest blur, in tenths of a pixel. */
    static final int MAX_BLUR = 200;

    /** Largest radius of sharpening, in tenths of a pixel. */
    static final int MAX_SHARPEN = 50;

    /** What a likeness begins with. */
    static final String LIKENESS = "ssim";

    private static final int LEAST_LIKENESS = 900;
    private static final int MOST_LIKENESS = 995;
    private static final int MOST_BYTES = 999_999;
    private static final int LEAST_SIGMA = 3;
    private static final Pattern VALUE = Pattern.compile("[0-9a-z]{1,24}");
    private static final Pattern COLOUR = Pattern.compile("[0-9a-f]{6}");
    private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}");
    private static final Map<Character, Consumer<String>> CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry('a', Area::parse),
            Map.entry('b', value -> range('b', value, LEAST_SIGMA, MAX_BLUR)),
            Map.entry('c', value -> shape('c', value, COLOUR, "a colour as six hex digits")),
            Map.entry('d', value -> oneOf('d', value, Set.of("90", "180", "270"))),
            Map.entry('f', value -> oneOf('f', value, Set.of("h", "v"))),
            Map.entry('g', Gravity::parse),
            Map.entry('h', value -> size('h', value)),
            Map.entry('k', value -> oneOf('k', value, Set.of("cr"))),
            Map.entry('l', value -> range('l', value, Recipe.LEAST_BYTES, MOST_BYTES)),
            Map.entry('m', value -> shape('m', value, MARK, "sixteen hex digits")),
            Map.entry('n', value -> oneOf('n', value, Set.of("all"))),
            Map.entry('p', Padding::parse),
            Map.entry('q', RecipeLetters::quality),
            Map.entry('s', value -> range('s', value, LEAST_SIGMA, MAX_SHARPEN)),
            Map.entry('t', value -> range('t', value, 1, 255)),
            Map.entry('w', value -> size('w', value)),
            Map.entry('x', RecipeLetters::fit)));

    private RecipeLetters() {}

    /** @throws MalformedAddress when the letter is unknown or its value is not canonical or out of range */
    static void check(char letter, String value) {
        Consumer<String> check = CHECKS.get(letter);
        if (check == null) {
            throw new MalformedAddress(
                    "unknown parameter '" + letter + "' in the recipe; known are " + CHECKS.keySet());
        }
        if (!VALUE.matcher(value).matches()) {
            throw new MalformedAddress("value of '" + letter + "' must be 1-24 of 0-9a-z");
        }
        check.accept(value);
    }

    /** A whole number without leading zeros. */
    static int number(char letter, String value) {
        boolean leadingZero = value.length() > 1 && value.startsWith("0");
        if (value.isEmpty()
                || value.length() > 6
                || leadingZero
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedAddress(letter + " must be a whole number without leading zeros, was '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    /** A whole number of {@code least} to {@code most}. */
    static int range(char letter, String value, int least, int most) {
        int number = number(letter, value);
        if (number < least || number > most) {
            throw new MalformedAddress(letter + " must be " + least + "-" + most + ", was " + value);
        }
        return number;
    }

    /** A number, or a likeness to be reached. */
    private static void quality(String value) {
        if (value.startsWith(LIKENESS)) {
            likeness(value);
        } else {
            range('q', value, 1, 100);
        }
    }

    /** Thousandths of a likeness such as {@code ssim973}. */
    static int likeness(String value) {
        return range('q', value.substring(LIKENESS.length()), LEAST_LIKENESS, MOST_LIKENESS);
    }

    private static void size(char letter, String value) {
        if (!SizeLadder.has(number(letter, value))) {
            throw new MalformedAddress(letter + " must be one of the sizes 16 to 4096, was " + value);
        }
    }

    private static void fit(String value) {
        if (Fit.ofToken(value).isEmpty()) {
            throw new MalformedAddress("x must be contain, cover, inside or fill, was '" + value + "'");
        }
    }

    private static void oneOf(char letter, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw new MalformedAddress(letter + " must be one of " + allowed + ", was '" + value + "'");
        }
    }

    private static void shape(char letter, String value, Pattern pattern, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new MalformedAddress(letter + " must be " + what + ", was '" + value + "'");
        }
    }
}
