package io.sluice.contracts.directive;

import java.util.List;

/**
 * What a receiver holds of one scope: the newest directive it took and when it last had a sign of life of the optimizer, by its
 * own monotonic clock. Immutable; every receiver runs the same rules.
 *
 * <pre>
 * fresh --lease runs out--> decaying --one level each further lease--> normal
 *   ^----------- heartbeat of an epoch not below, or a newer directive -----------
 * </pre>
 *
 * @param directive the newest that was taken
 * @param renewedNanos monotonic time of the last sign of life
 */
public record DirectiveLease(Directive directive, long renewedNanos) {

    /** What became of an offered directive. */
    public enum Offer {
        /** Newer: take it. */
        TAKEN,
        /** The same one again: acknowledge again, nothing changes. */
        REPEATED,
        /** Older than what is held: refuse, and say what is held. */
        OUTDATED,
        /** The same epoch and generation with another content: refuse and raise an alert. */
        SPLIT_BRAIN
    }

    /** Judges a directive of the same scope against the one held. */
    public Offer judge(Directive offered) {
        if (offered.newerThan(directive)) {
            return Offer.TAKEN;
        }
        if (offered.epoch() == directive.epoch() && offered.generation() == directive.generation()) {
            return offered.contentHash().equals(directive.contentHash()) ? Offer.REPEATED : Offer.SPLIT_BRAIN;
        }
        return Offer.OUTDATED;
    }

    /** The lease after a heartbeat; one of a lower epoch changes nothing. */
    public DirectiveLease heartbeat(long epoch, long nowNanos) {
        return epoch >= directive.epoch() ? new DirectiveLease(directive, nowNanos) : this;
    }

    /** How many levels have decayed by {@code nowNanos}: 0 within the lease, then one more with each further lease. */
    public int decayedLevels(long nowNanos) {
        long leases = (nowNanos - renewedNanos) / (directive.leaseSeconds() * 1_000_000_000L);
        return (int) Math.max(0, Math.min(Directive.MAX_LEVEL + 1, leases));
    }

    /** Whether the lease has run out. */
    public boolean stale(long nowNanos) {
        return decayedLevels(nowNanos) > 0;
    }

    /** What is in force at {@code nowNanos}. */
    public InForce at(long nowNanos) {
        int steps = decayedLevels(nowNanos);
        if (steps == 0 || directive.onExpiry() == Directive.OnExpiry.HOLD) {
            return new InForce(directive, 0);
        }
        return new InForce(
                directive, directive.onExpiry() == Directive.OnExpiry.REVERT ? Directive.MAX_LEVEL + 1 : steps);
    }

    /**
     * A directive as far as it is in force.
     *
     * @param directive what was taken
     * @param loweredBy how many levels it has decayed
     */
    public record InForce(Directive directive, int loweredBy) {

        /** Level of a key on the egress axis. */
        public int levelOf(String oid) {
            return Math.max(0, directive.mix().levelOf(oid) - loweredBy);
        }

        /** What a key of this oid may be served at the most. */
        public LevelCaps capsOf(String oid) {
            int level = levelOf(oid);
            return level == 0 ? LevelCaps.NONE : directive.levels().getOrDefault(level, LevelCaps.NONE);
        }

        /** The axes, lowered. */
        public Axes axes() {
            Axes axes = directive.axes();
            return loweredBy == 0
                    ? axes
                    : new Axes(
                            Math.max(0, axes.egress() - loweredBy),
                            Math.max(0, axes.origin() - loweredBy),
                            Math.max(0, axes.compute() - loweredBy),
                            Math.max(0, axes.availability() - loweredBy));
        }

        /** Whether anything is still lowered. */
        public boolean normal() {
            return directive.mix().upper() - loweredBy <= 0 && axes().equals(Axes.NORMAL);
        }

        /** Features that are off: those of a stale directive come back at once. */
        public List<String> disabledFeatures() {
            return loweredBy == 0 ? directive.disabledFeatures() : List.of();
        }
    }
}
