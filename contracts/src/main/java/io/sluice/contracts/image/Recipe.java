package io.sluice.contracts.image;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every parameter that decides a variant's bytes, spelled out: {@code e1-h480-q60-w640-xcover}. The encoder profile comes
 * first, then one letter and its value each, in the letters' order. There are no defaults, so an address never changes its
 * meaning.
 *
 * <table>
 * <caption>Letters</caption>
 * <tr><td>e</td><td>encoder profile: exact library and encoder versions, effort, chroma</td></tr>
 * <tr><td>w, h</td><td>box in pixels, steps of {@link SizeLadder}; at least one of them</td></tr>
 * <tr><td>q</td><td>quality 1-100; absent for PNG</td></tr>
 * <tr><td>x</td><td>{@link Fit}</td></tr>
 * </table>
 *
 * @param profile the encoder profile with its letter, for example {@code e1}
 * @param parameters letter to value, without the profile
 */
public record Recipe(String profile, SortedMap<Character, String> parameters) {
    private static final Pattern PROFILE = Pattern.compile("e[0-9a-z]{1,12}");
    private static final Pattern VALUE = Pattern.compile("[0-9a-z]{1,24}");
    private static final String KNOWN = "hqwx";

    public Recipe {
        if (!PROFILE.matcher(profile).matches()) {
            throw new MalformedAddress("encoder profile must be e and 1-12 of 0-9a-z, was '" + clip(profile) + "'");
        }
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        for (Map.Entry<Character, String> parameter : parameters.entrySet()) {
            check(parameter.getKey(), parameter.getValue());
        }
        if (!parameters.containsKey('w') && !parameters.containsKey('h')) {
            throw new MalformedAddress("a recipe needs w or h");
        }
        if (!parameters.containsKey('x')) {
            throw new MalformedAddress("a recipe needs x (contain, cover or inside)");
        }
    }

    /** A recipe of the parameters that exist today; {@code width}, {@code height} or {@code quality} of 0 is left out. */
    public static Recipe of(String profile, int width, int height, Fit fit, int quality) {
        SortedMap<Character, String> parameters = new TreeMap<>();
        if (width > 0) {
            parameters.put('w', Integer.toString(width));
        }
        if (height > 0) {
            parameters.put('h', Integer.toString(height));
        }
        if (quality > 0) {
            parameters.put('q', Integer.toString(quality));
        }
        parameters.put('x', fit.token());
        return new Recipe(profile, parameters);
    }

    /**
     * Reads a recipe as it stands in an address.
     *
     * @throws MalformedAddress when it is not in canonical form: order, spelling, range
     */
    public static Recipe parse(String text) {
        String[] tokens = text.split("-", -1);
        SortedMap<Character, String> parameters = new TreeMap<>();
        for (int i = 1; i < tokens.length; i++) {
            if (tokens[i].length() < 2) {
                throw new MalformedAddress("a parameter is a letter and its value, was '" + clip(tokens[i]) + "'");
            }
            char letter = tokens[i].charAt(0);
            if (!parameters.isEmpty() && letter <= parameters.lastKey()) {
                throw new MalformedAddress("parameters must stand once each and in the order of their letters");
            }
            parameters.put(letter, tokens[i].substring(1));
        }
        return new Recipe(tokens[0], parameters);
    }

    /** Width of the box in pixels, empty when only the height is bounded. */
    public OptionalInt width() {
        return number('w');
    }

    /** Height of the box in pixels, empty when only the width is bounded. */
    public OptionalInt height() {
        return number('h');
    }

    /** Quality 1-100, empty for a lossless format. */
    public OptionalInt quality() {
        return number('q');
    }

    public Fit fit() {
        return Fit.ofToken(parameters.getOrDefault('x', "")).orElseThrow();
    }

    /** The same recipe with one parameter changed. */
    public Recipe with(char letter, String value) {
        SortedMap<Character, String> changed = new TreeMap<>(parameters);
        changed.put(letter, value);
        return new Recipe(profile, changed);
    }

    /** The same recipe without one parameter. */
    public Recipe without(char letter) {
        SortedMap<Character, String> changed = new TreeMap<>(parameters);
        changed.remove(letter);
        return new Recipe(profile, changed);
    }

    /** The same parameters under another encoder profile. */
    public Recipe withProfile(String other) {
        return new Recipe(other, parameters);
    }

    /** As it stands in an address; {@link #parse} reads it back. */
    public String text() {
        StringBuilder text = new StringBuilder(40).append(profile);
        parameters.forEach(
                (letter, value) -> text.append('-').append((char) letter).append(value));
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    private OptionalInt number(char letter) {
        String value = parameters.get(letter);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    private static void check(char letter, String value) {
        if (KNOWN.indexOf(letter) < 0) {
            throw new MalformedAddress("unknown parameter '" + letter + "' in the recipe; known are h, q, w, x");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new MalformedAddress("value of '" + letter + "' must be 1-24 of 0-9a-z");
        }
        switch (letter) {
            case 'w', 'h' -> {
                if (!SizeLadder.has(canonicalNumber(letter, value))) {
                    throw new MalformedAddress(letter + " must be one of the sizes 16 to 4096, was " + value);
                }
            }
            case 'q' -> {
                int quality = canonicalNumber(letter, value);
                if (quality < 1 || quality > 100) {
                    throw new MalformedAddress("q must be 1-100, was " + value);
                }
            }
            default -> {
                if (Fit.ofToken(value).isEmpty()) {
                    throw new MalformedAddress("x must be contain, cover or inside, was '" + value + "'");
                }
            }
        }
    }

    private static int canonicalNumber(char letter, String value) {
        if (value.length() > 6 || value.startsWith("0") || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedAddress(letter + " must be a whole number without leading zeros, was '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    private static String clip(String text) {
        return text.length() <= 32 ? text : text.substring(0, 32) + "..";
    }
}
