package io.sluice.gateway.geo;

import org.jspecify.annotations.Nullable;

/**
 * An address of 128 bits; an IPv4 address is the IPv6 address that maps it, {@code ::ffff:a.b.c.d} (RFC 4291).
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record Ip(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long V4_BITS = 0xffff_ffffL;

    /** An IPv4 address, for example 0x7f000001. */
    public static Ip v4(int address) {
        return new Ip(0, MAPPED | (address & V4_BITS));
    }

    /** Reads an address as people write it, IPv6 also in brackets; null when it is none. */
    public static @Nullable Ip parse(CharSequence text) {
        return parse(text, 0, text.length());
    }

    /** Reads the address that stands between two places of a text; null when it is none. */
    public static @Nullable Ip parse(CharSequence text, int from, int to) {
        if (to - from > 2 && text.charAt(from) == '[' && text.charAt(to - 1) == ']') {
            return v6(text, from + 1, to - 1);
        }
        for (int i = from; i < to && i < from + 5; i++) {
            if (text.charAt(i) == ':') {
                return v6(text, from, to);
            }
        }
        long address = v4(text, from, to);
        return address < 0 ? null : new Ip(0, MAPPED | address);
    }

    /** Whether it is an IPv4 address. */
    public boolean isV4() {
        return high == 0 && (low & ~V4_BITS) == MAPPED;
    }

    /** The IPv4 address; means nothing for others. */
    public int v4() {
        return (int) low;
    }

    /** The same address with all bits behind the first {@code length} of 128 cleared. */
    Ip prefix(int length) {
        return new Ip(high & mask(length), low & mask(length - 64));
    }

    /** The same address with the bit at {@code length}, of 1 to 128 from the left, turned over. */
    Ip sibling(int length) {
        return length <= 64 ? new Ip(high ^ 1L << (64 - length), low) : new Ip(high, low ^ 1L << (128 - length));
    }

    /** The first {@code bits} of 64 set. */
    static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1 : -1L << (64 - bits);
    }

    /** Four decimal numbers without leading zeros, or -1. */
    private static long v4(CharSequence text, int from, int to) {
        long address = 0;
        int parts = 0;
        int digits = 0;
        int part = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < 3 && (digits == 0 || part > 0)) {
                part = part * 10 + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && part < 256 && parts < 3) {
                address = address << 8 | part;
                parts++;
                part = 0;
                digits = 0;
            } else {
                return -1;
            }
        }
        return parts == 3 && digits > 0 && part < 256 ? address << 8 | part : -1;
    }

    /** Groups of hex digits, at most one {@code ::}, an IPv4 address at the end if need be, no zone. */
    private static @Nullable Ip v6(CharSequence text, int from, int to) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = from;
        if (to - from >= 2 && text.charAt(i) == ':' && text.charAt(i + 1) == ':') {
            gap = 0;
            i += 2;
        }
        while (i < to) {
            int end = i;
            while (end < to && Character.digit(text.charAt(end), 16) >= 0) {
                end++;
            }
            if (end < to && text.charAt(end) == '.') {
                long v4 = v4(text, i, to);
                if (v4 < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) v4 & 0xffff;
                break;
            }
            if (end == i || end - i > 4 || count == 8) {
                return null;
            }
            groups[count++] = Integer.parseInt(text, i, end, 16);
            i = end;
            if (i < to) {
                if (text.charAt(i++) != ':' || i == to) {
                    return null;
                }
                if (text.charAt(i) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    i++;
                }
            }
        }
        return assemble(groups, count, gap);
    }

    private static @Nullable Ip assemble(int[] groups, int count, int gap) {
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int place = 0; place < 8; place++) {
            int behind = place - (8 - count);
            int group = gap < 0 || place < gap ? groups[place] : behind >= gap ? groups[behind] : 0;
            if (place < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return new Ip(high, low);
    }
}
