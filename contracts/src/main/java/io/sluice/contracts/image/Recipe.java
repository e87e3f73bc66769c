package io.sluice.contracts.image;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every parameter that decides a variant's bytes, spelled out: {@code e1-h512-q60-w640-xcover}. The encoder profile comes
 * first, then one letter and its value each, in the letters' order. There are no defaults, so an address never changes its
 * meaning: a letter that is absent does nothing.
 *
 * <p>Steps run in this order: orientation of the source, {@code t}, {@code a}, {@code d}, {@code f}, box ({@code w h x g}),
 * {@code b}, {@code s}, {@code c}, padding ({@code x} contain, then {@code p}), {@code m}. Coordinates refer to the picture as
 * the step finds it.
 *
 * <table>
 * <caption>Letters</caption>
 * <tr><td>e</td><td>encoder profile: exact library and encoder versions, effort, chroma</td></tr>
 * <tr><td>a</td><td>{@link Area} that is kept, in pixels; what lies outside of the picture is left out</td></tr>
 * <tr><td>b</td><td>Gaussian blur: sigma in tenths of a pixel of the result, 3-200</td></tr>
 * <tr><td>c</td><td>background below transparency and padding: rrggbb; absent: transparent, white in JPEG</td></tr>
 * <tr><td>d</td><td>degrees clockwise: 90, 180, 270</td></tr>
 * <tr><td>f</td><td>mirrored: h left to right, v top to bottom</td></tr>
 * <tr><td>g</td><td>{@link Gravity} of a cut; only with w, h and cover; absent: the centre</td></tr>
 * <tr><td>k</td><td>cr: copyright, creator, credit and terms of use are kept of the source's metadata; absent: nothing is</td></tr>
 * <tr><td>l</td><td>most bytes of the result, 1000-999999; the highest quality up to q that keeps to it is to be found, the
 * lowest where none does</td></tr>
 * <tr><td>m</td><td>visible mark: first 16 hex digits of the SHA-256 of its definition</td></tr>
 * <tr><td>n</td><td>all: every frame, unless they are too large together; absent: the first; only WebP and GIF</td></tr>
 * <tr><td>p</td><td>{@link Padding} in pixels of the result</td></tr>
 * <tr><td>q</td><td>quality 1-100, or the likeness to be reached in thousandths, ssim900 to ssim995; absent for PNG and
 * GIF</td></tr>
 * <tr><td>s</td><td>sharpening: sigma in tenths of a pixel of the result, 3-50</td></tr>
 * <tr><td>t</td><td>edges that differ from the corner's colour by less than this are cut off, 1-255</td></tr>
 * <tr><td>w, h</td><td>box in pixels, steps of {@link SizeLadder}; at least one of them</td></tr>
 * <tr><td>x</td><td>{@link Fit}</td></tr>
 * </table>
 *
 * @param profile the encoder profile with its letter, for example {@code e1}
 * @param parameters letter to value, without the profile
 */
public record Recipe(String profile, SortedMap<Character, String> parameters) {
    /** Fewest bytes that {@code l} may say. */
    public static final int LEAST_BYTES = 1_000;

    private static final Pattern PROFILE = Pattern.compile("e[0-9a-z]{1,12}");
    private static final Set<Character> BOX_AND_QUALITY = Set.of('h', 'l', 'q', 'w');
    private static final Set<Character> PLAIN = Set.of('h', 'k', 'l', 'q', 'w', 'x');

    public Recipe {
        if (!PROFILE.matcher(profile).matches()) {
            throw new MalformedAddress("encoder profile must be e and 1-12 of 0-9a-z, was '" + clip(profile) + "'");
        }
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        for (Map.Entry<Character, String> parameter : parameters.entrySet()) {
            RecipeLetters.check(parameter.getKey(), parameter.getValue());
        }
        if (!parameters.containsKey('w') && !parameters.containsKey('h')) {
            throw new MalformedAddress("a recipe needs w or h");
        }
        if (!parameters.containsKey('x')) {
            throw new MalformedAddress("a recipe needs x (contain, cover, inside or fill)");
        }
        togetherness(parameters);
    }

    /** A recipe of a box and a quality; {@code width}, {@code height} or {@code quality} of 0 is left out. */
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

    /** Quality 1-100, empty for a lossless format and for one that is to be found. */
    public OptionalInt quality() {
        return likeness().isPresent() ? OptionalInt.empty() : number('q');
    }

    /** Likeness in thousandths, 900-995, that the lowest quality which reaches it is to be found for; mostly empty. */
    public OptionalInt likeness() {
        String value = parameters.getOrDefault('q', "");
        return value.startsWith(RecipeLetters.LIKENESS)
                ? OptionalInt.of(RecipeLetters.likeness(value))
                : OptionalInt.empty();
    }

    /** Most bytes that the result should have; 0 when it may have any. */
    public int mostBytes() {
        return amount('l');
    }

    /** Whether its quality is to be found by trying: then it is made in the background. */
    public boolean sought() {
        return likeness().isPresent() || mostBytes() > 0;
    }

    /** Whether the source's rights are kept in the result. */
    public boolean keepsRights() {
        return parameters.containsKey('k');
    }

    public Fit fit() {
        return Fit.ofToken(parameters.getOrDefault('x', "")).orElseThrow();
    }

    /** A number such as those of {@code b d s t}; 0 when the letter is absent. */
    public int amount(char letter) {
        return number(letter).orElse(0);
    }

    /** Part of the picture that is kept. */
    public Optional<Area> area() {
        return value('a').map(Area::parse);
    }

    /** What a cut keeps; the centre where the recipe says nothing. */
    public Gravity gravity() {
        return value('g').map(Gravity::parse).orElse(Gravity.Focus.CENTRE);
    }

    /** Pixels around the result. */
    public Padding padding() {
        return value('p').map(Padding::parse).orElse(Padding.NONE);
    }

    /** The value of a letter. */
    public Optional<String> value(char letter) {
        return Optional.ofNullable(parameters.get(letter));
    }

    /** Everything but box size, quality and profile: two recipes that agree in it show the same cut in the same way. */
    public SortedMap<Character, String> details() {
        SortedMap<Character, String> details = new TreeMap<>(parameters);
        details.keySet().removeAll(BOX_AND_QUALITY);
        return details;
    }

    /** Whether it does nothing to the picture but bring it into its box. */
    public boolean plain() {
        return parameters.keySet().stream().allMatch(PLAIN::contains);
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

    /** What single letters cannot tell. */
    private static void togetherness(SortedMap<Character, String> parameters) {
        boolean box = parameters.containsKey('w') && parameters.containsKey('h');
        if (parameters.containsKey('g') && !(box && "cover".equals(parameters.get('x')))) {
            throw new MalformedAddress("g needs w, h and xcover");
        }
        if (parameters.containsKey('l')
                && parameters.getOrDefault('q', RecipeLetters.LIKENESS).startsWith(RecipeLetters.LIKENESS)) {
            throw new MalformedAddress("l needs q as a number, the highest quality that may be tried");
        }
        String padding = parameters.get('p');
        if (padding != null) {
            Padding pixels = Padding.parse(padding);
            int width = Integer.parseInt(parameters.getOrDefault('w', "1")) + pixels.left() + pixels.right();
            int height = Integer.parseInt(parameters.getOrDefault('h', "1")) + pixels.top() + pixels.bottom();
            if (width > SizeLadder.MAX || height > SizeLadder.MAX) {
                throw new MalformedAddress("box and padding must not exceed " + SizeLadder.MAX + " pixels together");
            }
        }
    }

    private static String clip(String text) {
        return text.length() <= 32 ? text : text.substring(0, 32) + "..";
    }
}
