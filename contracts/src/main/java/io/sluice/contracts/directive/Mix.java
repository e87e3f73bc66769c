package io.sluice.contracts.directive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which keys are at which level of the egress axis. A key's place is fixed by the salt, so growing {@code upperFraction} only
 * adds keys, and the same keys are held back at every level.
 *
 * @param lower level of most keys, 0-4
 * @param upper level of the rest, {@code lower} or {@code lower + 1}
 * @param upperFraction share of keys at {@code upper}, 0-1
 * @param holdbackFraction share of keys that always stay at 0, so that savings are measured, 0-0.1
 * @param salt of the hash
 */
public record Mix(int lower, int upper, double upperFraction, double holdbackFraction, String salt) {
    /** How many slices keys fall into; a power of two. */
    public static final int SLICES = 16;

    public Mix {
        if (lower < 0 || lower > Directive.MAX_LEVEL) {
            throw new IllegalArgumentException("lower must be 0-4, was " + lower);
        }
        if (upper < lower || upper > lower + 1 || upper > Directive.MAX_LEVEL) {
            throw new IllegalArgumentException("upper must be lower or lower + 1, at most 4, was " + upper);
        }
        if (!(upperFraction >= 0 && upperFraction <= 1)) {
            throw new IllegalArgumentException("upperFraction must be 0-1, was " + upperFraction);
        }
        if (!(holdbackFraction >= 0 && holdbackFraction <= 0.1)) {
            throw new IllegalArgumentException("holdbackFraction must be 0-0.1, was " + holdbackFraction);
        }
    }

    /** Every key at level 0. */
    public static Mix normal(String salt) {
        return new Mix(0, 0, 0, 0, salt);
    }

    /** The mix that stands for a fractional level such as 1.4: 40 % of keys at 2, the rest at 1. */
    public static Mix of(double level, double holdbackFraction, String salt) {
        if (!(level >= 0 && level <= Directive.MAX_LEVEL)) {
            throw new IllegalArgumentException("level must be 0-4, was " + level);
        }
        int lower = (int) level;
        double fraction = level - lower;
        return new Mix(lower, fraction > 0 ? lower + 1 : lower, fraction, holdbackFraction, salt);
    }

    /**
     * Level of a key, a pure function of this mix and the key; gateway and worker must agree on it. Two numbers in [0,1) are
     * taken from SHA-256 of {@code salt|oid}: the first 53 bits decide between lower and upper, bits 64-116 the hold-back.
     */
    public int levelOf(String oid) {
        return upper == 0 ? 0 : placeOf(oid).level();
    }

    /** Where a key stands, by the same hash; bits 128-131 give its slice. */
    public Place placeOf(String oid) {
        byte[] hash = sha256(salt + '|' + oid);
        boolean heldBack = unit(hash, 8) < holdbackFraction;
        int level = heldBack ? 0 : unit(hash, 0) < upperFraction ? upper : lower;
        return new Place(level, heldBack, hash[16] & (SLICES - 1));
    }

    /**
     * Where a key stands.
     *
     * @param level 0-4
     * @param heldBack whether it always stays at 0
     * @param slice 0-15: sixteenths of all keys, independent of level and hold-back, so that a figure can be told with its error
     */
    public record Place(int level, boolean heldBack, int slice) {}

    /** This mix with every level {@code steps} lower, not below 0. */
    public Mix loweredBy(int steps) {
        int newLower = Math.max(0, lower - steps);
        int newUpper = Math.max(0, upper - steps);
        return new Mix(newLower, newUpper, newUpper == newLower ? 0 : upperFraction, holdbackFraction, salt);
    }

    private static double unit(byte[] hash, int from) {
        long bits = 0;
        for (int i = from; i < from + 8; i++) {
            bits = bits << 8 | (hash[i] & 0xff);
        }
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
