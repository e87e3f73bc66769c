package io.sluice.gateway.negotiation;

/** Small numbers in requests, read without allocating. */
final class Decimal {
    private Decimal() {}

    /**
     * A number such as {@code 0.85} in thousandths; further digits are cut off.
     *
     * @param max largest whole number allowed
     * @param otherwise what to answer when it is no number of 0 to {@code max}
     */
    static int thousandths(String text, int from, int to, int max, int otherwise) {
        int dot = text.indexOf('.', from);
        int wholeEnd = dot < 0 || dot >= to ? to : dot;
        int whole = whole(text, from, wholeEnd, max, -1);
        if (whole < 0) {
            return otherwise;
        }
        int fraction = 0;
        int unit = 100;
        for (int i = wholeEnd + 1; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            fraction += digit * unit;
            unit /= 10;
        }
        int value = whole * 1000 + fraction;
        return value > max * 1000 ? otherwise : value;
    }

    /** A whole number of 0 to {@code max}, else {@code otherwise}. */
    static int whole(String text, int from, int to, int max, int otherwise) {
        if (from >= to || to - from > 9) {
            return otherwise;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 + digit;
        }
        return value > max ? otherwise : value;
    }
}
