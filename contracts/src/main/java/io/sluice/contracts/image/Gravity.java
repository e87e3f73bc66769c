package io.sluice.contracts.image;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cut keeps; letter {@code g} of a recipe. A recipe without it cuts around the centre. */
public sealed interface Gravity {
    /** As in a recipe. */
    String text();

    /** An edge or a corner: {@code n ne e se s sw w nw}. */
    enum Compass implements Gravity {
        N(500, 0),
        NE(1000, 0),
        E(1000, 500),
        SE(1000, 1000),
        S(500, 1000),
        SW(0, 1000),
        W(0, 500),
        NW(0, 0);

        private final int x;
        private final int y;

        Compass(int x, int y) {
            this.x = x;
            this.y = y;
        }

        /** The point that it keeps. */
        public Focus focus() {
            return new Focus(x, y);
        }

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a look at the picture finds: {@code attention} (skin, saturated colours, edges) or {@code entropy}. */
    enum Smart implements Gravity {
        ATTENTION,
        ENTROPY;

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A point that the cut is centred on as far as the edges allow: {@code {x}x{y}}.
     *
     * @param x per mille of the width from the left, 0-1000
     * @param y per mille of the height from the top, 0-1000
     */
    record Focus(int x, int y) implements Gravity {
        private static final Pattern POINT = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

        /** The centre. */
        public static final Focus CENTRE = new Focus(500, 500);

        public Focus {
            if (x < 0 || x > 1000 || y < 0 || y > 1000) {
                throw new MalformedAddress("a focal point is {x}x{y}, each 0-1000 per mille");
            }
        }

        @Override
        public String text() {
            return x + "x" + y;
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws MalformedAddress when it is not canonical; the centre has no spelling but the letter's absence
     */
    static Gravity parse(String text) {
        for (Compass compass : Compass.values()) {
            if (compass.text().equals(text)) {
                return compass;
            }
        }
        for (Smart smart : Smart.values()) {
            if (smart.text().equals(text)) {
                return smart;
            }
        }
        Matcher point = Focus.POINT.matcher(text);
        if (!point.matches()) {
            throw new MalformedAddress(
                    "g must be n, ne, e, se, s, sw, w, nw, attention, entropy or {x}x{y} per mille, was '" + text
                            + "'");
        }
        Focus focus = new Focus(RecipeLetters.number('g', point.group(1)), RecipeLetters.number('g', point.group(2)));
        if (focus.equals(Focus.CENTRE)) {
            throw new MalformedAddress("g is left out for the centre");
        }
        return focus;
    }
}
