package io.sluice.gateway.geo;

import java.util.Locale;

/**
 * Countries as small numbers: two letters (ISO 3166-1 alpha-2, its user-assigned codes such as {@code XA} included) are 0-675,
 * and {@link #UNKNOWN} stands behind them. An array of {@link #SIZE} holds something for each.
 */
public final class Countries {
    /** No country is known. */
    public static final int UNKNOWN = 26 * 26;

    /** How many numbers there are. */
    public static final int SIZE = UNKNOWN + 1;

    private static final String UNKNOWN_CODE = "??";

    private Countries() {}

    /**
     * The number of a code; {@code ??} is {@link #UNKNOWN}.
     *
     * @throws IllegalArgumentException when it is not two letters
     */
    public static int number(String code) {
        if (code.equals(UNKNOWN_CODE)) {
            return UNKNOWN;
        }
        String upper = code.toUpperCase(Locale.ROOT);
        if (upper.length() != 2 || !letter(upper.charAt(0)) || !letter(upper.charAt(1))) {
            throw new IllegalArgumentException("a country is two letters such as DE, was '" + code + "'");
        }
        return (upper.charAt(0) - 'A') * 26 + upper.charAt(1) - 'A';
    }

    /** The code of a number, {@code ??} for {@link #UNKNOWN}. */
    public static String code(int number) {
        return number == UNKNOWN
                ? UNKNOWN_CODE
                : String.valueOf(new char[] {(char) ('A' + number / 26), (char) ('A' + number % 26)});
    }

    private static boolean letter(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
