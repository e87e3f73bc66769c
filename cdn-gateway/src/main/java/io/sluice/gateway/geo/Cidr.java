package io.sluice.gateway.geo;

/**
 * All addresses that begin with the same bits.
 *
 * @param first of them
 * @param length of 128; an IPv4 prefix counts its own bits behind the 96 that map it
 */
public record Cidr(Ip first, int length) {
    /** How many bits come before an IPv4 address. */
    static final int MAPPED_BITS = 96;

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address alone.
     *
     * @throws IllegalArgumentException when it is none, or has bits set behind its prefix
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Ip first = Ip.parse(text, 0, slash < 0 ? text.length() : slash);
        if (first != null) {
            int offset = first.isV4() ? MAPPED_BITS : 0;
            int length = slash < 0 ? 128 : offset + number(text, slash + 1);
            if (length >= offset && length <= 128 && first.prefix(length).equals(first)) {
                return new Cidr(first, length);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no CIDR such as 10.0.0.0/8 or 2001:db8::/32 without bits behind its prefix");
    }

    /** Whether an address is one of them. */
    public boolean contains(Ip ip) {
        return ((ip.high() ^ first.high()) & Ip.mask(length)) == 0
                && ((ip.low() ^ first.low()) & Ip.mask(length - 64)) == 0;
    }

    /** The last of them. */
    Ip last() {
        return new Ip(first.high() | ~Ip.mask(length), first.low() | ~Ip.mask(length - 64));
    }

    private static int number(String text, int from) {
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > from + 2) {
                return -1000;
            }
            number = number * 10 + digit;
        }
        return from == text.length() ? -1000 : number;
    }
}
