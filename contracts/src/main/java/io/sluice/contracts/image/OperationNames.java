package io.sluice.contracts.image;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Operations as people name them, in presets and in the query of {@code /img}, and the letters of a {@link Recipe} that they
 * become. What a recipe says by a letter's absence has a name here: {@code gravity=centre}, {@code anim=first}.
 *
 * <table>
 * <caption>Names</caption>
 * <tr><td>crop</td><td>left,top,width,height in pixels of the source: a</td></tr>
 * <tr><td>blur, sharpen</td><td>sigma in pixels, one decimal: b 0.3-20, s 0.3-5</td></tr>
 * <tr><td>bg</td><td>rrggbb: c</td></tr>
 * <tr><td>rotate</td><td>90, 180, 270: d</td></tr>
 * <tr><td>flip</td><td>h, v: f</td></tr>
 * <tr><td>gravity</td><td>centre, n .. nw, attention, entropy: g</td></tr>
 * <tr><td>focal</td><td>x,y each 0-1: g</td></tr>
 * <tr><td>anim</td><td>all, first: n</td></tr>
 * <tr><td>kcr</td><td>1, 0: k</td></tr>
 * <tr><td>max_bytes</td><td>1000-999999: l</td></tr>
 * <tr><td>pad</td><td>pixels, or top,right,bottom,left: p</td></tr>
 * <tr><td>trim</td><td>1-255: t</td></tr>
 * </table>
 */
public final class OperationNames {
    /** The named mark: who knows marks makes letter {@code m} of it. */
    public static final String WATERMARK = "wm";

    private static final Map<String, Character> LETTERS = Map.ofEntries(
            Map.entry("crop", 'a'),
            Map.entry("blur", 'b'),
            Map.entry("bg", 'c'),
            Map.entry("rotate", 'd'),
            Map.entry("flip", 'f'),
            Map.entry("gravity", 'g'),
            Map.entry("focal", 'g'),
            Map.entry("anim", 'n'),
            Map.entry("kcr", 'k'),
            Map.entry("max_bytes", 'l'),
            Map.entry("pad", 'p'),
            Map.entry("sharpen", 's'),
            Map.entry("trim", 't'));

    private OperationNames() {}

    /** The letter of an operation; empty when there is none by this name. */
    public static Optional<Character> letter(String name) {
        return Optional.ofNullable(LETTERS.get(name));
    }

    /**
     * The value of an operation's letter; empty when it means the same as no letter at all.
     *
     * @throws MalformedAddress when the value is not what it must be
     * @throws IllegalArgumentException when there is no operation by this name
     */
    public static Optional<String> value(String name, String value) {
        Character letter = LETTERS.get(name);
        if (letter == null) {
            throw new IllegalArgumentException("there is no operation '" + name + "'");
        }
        String canonical = switch (name) {
            case "crop" -> Area.parse(value.replace(',', 'x')).text();
            case "blur", "sharpen" -> scaled(letter, value, 10);
            case "focal" -> focal(value);
            case "gravity" -> value.equals("centre") || value.equals("center") ? "" : value;
            case "anim" -> value.equals("first") ? "" : value;
            case "kcr" ->
                switch (value) {
                    case "0" -> "";
                    case "1" -> "cr";
                    default -> throw new MalformedAddress("must be 1 or 0");
                };
            case "pad" -> padding(value);
            default -> value;
        };
        if (canonical.isEmpty()) {
            return Optional.empty();
        }
        RecipeLetters.check(letter, canonical);
        return Optional.of(canonical);
    }

    /**
     * Letters and values of operations, without {@value #WATERMARK}.
     *
     * @throws IllegalArgumentException naming the operation that is not what it must be, or contradicts another
     */
    public static SortedMap<Character, String> letters(Map<String, String> operations) {
        SortedMap<Character, String> letters = new TreeMap<>();
        new TreeMap<>(operations).forEach((name, value) -> {
            if (!name.equals(WATERMARK)) {
                try {
                    value(name, value).ifPresent(canonical -> {
                        if (letters.put(LETTERS.get(name), canonical) != null) {
                            throw new IllegalArgumentException("another operation says the same");
                        }
                    });
                } catch (MalformedAddress | IllegalArgumentException e) {
                    throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
                }
            }
        });
        return letters;
    }

    private static String padding(String value) {
        String[] sides = value.split(",", -1);
        if (sides.length == 4 && sides[0].equals(sides[1]) && sides[0].equals(sides[2]) && sides[0].equals(sides[3])) {
            return sides[0].equals("0") ? "" : sides[0];
        }
        return value.equals("0") ? "" : value.replace(',', 'x');
    }

    private static String focal(String value) {
        String[] point = value.split(",", -1);
        if (point.length != 2) {
            throw new MalformedAddress("must be x,y, each 0-1");
        }
        String text = scaled('g', point[0], 1000) + 'x' + scaled('g', point[1], 1000);
        return text.equals(Gravity.Focus.CENTRE.text()) ? "" : text;
    }

    /** A decimal number in units of {@code 1 / scale}, rounded down. */
    private static String scaled(char letter, String value, int scale) {
        if (value.length() > 8 || !value.matches("\\d{1,4}(\\.\\d{1,4})?")) {
            throw new MalformedAddress(letter + " must be a number such as 2.5, was '" + value + "'");
        }
        return Integer.toString(
                new BigDecimal(value).multiply(BigDecimal.valueOf(scale)).intValue());
    }
}
