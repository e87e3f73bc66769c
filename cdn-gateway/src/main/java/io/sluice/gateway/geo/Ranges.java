package io.sluice.gateway.geo;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Ranges of addresses in order, each with a country: where each begins, in two sorted arrays (one for IPv4), and a first level
 * by the leading 16 bits, so that a look-up is a few steps of a binary search. About 6 bytes an IPv4 range, 18 an IPv6 range.
 * Immutable; looking up allocates nothing.
 */
final class Ranges {
    private static final int FIRST_LEVEL = 1 << 16;

    private final long[] highs;
    private final long[] lows;
    private final int[] v4s;
    private final short[] countries;
    private final int[] firstLevel;
    private final int rows;

    private Ranges(Builder builder) {
        int size = builder.size;
        this.rows = builder.rows;
        this.countries = Arrays.copyOf(builder.countries, size);
        this.highs = builder.v4 ? new long[0] : Arrays.copyOf(builder.highs, size);
        this.lows = builder.v4 ? new long[0] : Arrays.copyOf(builder.lows, size);
        this.v4s = new int[builder.v4 ? size : 0];
        for (int i = 0; i < v4s.length; i++) {
            v4s[i] = (int) builder.lows[i];
        }
        this.firstLevel = new int[FIRST_LEVEL + 1];
        int at = 0;
        for (int lead = 0; lead <= FIRST_LEVEL; lead++) {
            while (at < size && lead(builder, at) < lead) {
                at++;
            }
            firstLevel[lead] = at;
        }
    }

    /** How many rows they were made of. */
    int rows() {
        return rows;
    }

    /** Country of an IPv4 address. */
    int ofV4(int address) {
        return country(atV4(address));
    }

    /** Country of an IPv6 address. */
    int ofV6(long high, long low) {
        return country(atV6(high, low));
    }

    /** Whether {@code same} holds for the countries of all addresses from {@code first} to {@code last}, of this family. */
    boolean all(Ip first, Ip last, IntPredicate same) {
        int from = first.isV4() ? atV4(first.v4()) : atV6(first.high(), first.low());
        int to = first.isV4() ? atV4(last.v4()) : atV6(last.high(), last.low());
        for (int at = from; at <= to; at++) {
            if (!same.test(country(at))) {
                return false;
            }
        }
        return true;
    }

    private int country(int at) {
        return at < 0 ? Countries.UNKNOWN : countries[at];
    }

    /** The range that an address is in; -1 before the first. */
    private int atV4(int address) {
        int lead = address >>> 16;
        int from = firstLevel[lead];
        int to = firstLevel[lead + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Integer.compareUnsigned(v4s[middle], address) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }

    private int atV6(long high, long low) {
        int lead = (int) (high >>> 48);
        int from = firstLevel[lead];
        int to = firstLevel[lead + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(highs[middle], lows[middle], high, low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }

    private static int lead(Builder builder, int at) {
        return (int) (builder.v4 ? (builder.lows[at] & 0xffff_ffffL) >>> 16 : builder.highs[at] >>> 48);
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order == 0 ? Long.compareUnsigned(low, otherLow) : order;
    }

    /** Takes ranges in ascending order. */
    static final class Builder {
        private final boolean v4;
        private long[] highs = new long[1024];
        private long[] lows = new long[1024];
        private short[] countries = new short[1024];
        private int size;
        private int rows;
        private boolean full;
        private Ip next;

        Builder(boolean v4) {
            this.v4 = v4;
            this.next = v4 ? Ip.v4(0) : new Ip(0, 0);
        }

        /** @throws IllegalArgumentException when it is out of order, overlaps the range before it, or is of the other family */
        Builder add(Ip first, Ip last, int country) {
            if (first.isV4() != v4 || last.isV4() != v4) {
                throw new IllegalArgumentException("an address of the other family");
            }
            if (compare(first.high(), first.low(), last.high(), last.low()) > 0) {
                throw new IllegalArgumentException("a range that ends before it begins");
            }
            if (full || compare(first.high(), first.low(), next.high(), next.low()) < 0) {
                throw new IllegalArgumentException("out of order, or overlapping the range before it");
            }
            if (!first.equals(next)) {
                begin(next, Countries.UNKNOWN);
            }
            begin(first, country);
            rows++;
            boolean carry = last.low() == -1L;
            next = new Ip(carry ? last.high() + 1 : last.high(), last.low() + 1);
            full = v4 ? last.v4() == -1 : carry && last.high() == -1L;
            return this;
        }

        Ranges build() {
            if (!full) {
                begin(next, Countries.UNKNOWN);
            }
            return new Ranges(this);
        }

        private void begin(Ip at, int country) {
            if (size > 0 && countries[size - 1] == country) {
                return;
            }
            if (size == countries.length) {
                highs = Arrays.copyOf(highs, size * 2);
                lows = Arrays.copyOf(lows, size * 2);
                countries = Arrays.copyOf(countries, size * 2);
            }
            highs[size] = at.high();
            lows[size] = at.low();
            countries[size++] = (short) country;
        }
    }
}
