package io.sluice.metrics.percentiles;

import io.sluice.metrics.samples.Tier;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a stretch of time is read: from which tier, and cut into which steps.
 *
 * @param from inclusive, at a boundary of the tier
 * @param to exclusive, at a boundary of the tier
 * @param step length of each, the last may be shorter; a multiple of the tier's resolution
 */
record Steps(Tier tier, Instant from, Instant to, Duration step) {
    /** Most steps of one answer. */
    static final int MAX = 1500;

    private static final Duration MINUTES_UP_TO = Duration.ofDays(1);

    /**
     * Chooses the finest tier that still has all of it and is not finer than needed: 10 seconds for up to two hours that are
     * not over for longer than that, minutes for up to a day, else hours.
     *
     * @param step null for one step over all of it
     * @throws IllegalArgumentException when there would be more than {@value #MAX}, or the step is not positive
     */
    static Steps of(Instant from, Instant to, @Nullable Duration step, Instant now, Duration minutesKept) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to");
        }
        Tier tier = tier(from, to, step, now, minutesKept);
        long unit = tier.resolution().toSeconds();
        long start = tier.windowOf(from.getEpochSecond());
        long end = tier.windowOf(to.getEpochSecond() + unit - 1 + (to.getNano() > 0 ? 1 : 0));
        long length = end - start;
        if (step != null) {
            if (step.toSeconds() < 1) {
                throw new IllegalArgumentException("step must be at least PT1S");
            }
            length = (step.toSeconds() + unit - 1) / unit * unit;
            if ((end - start + length - 1) / length > MAX) {
                throw new IllegalArgumentException("step must be longer: this makes more than " + MAX + " points");
            }
        }
        return new Steps(tier, Instant.ofEpochSecond(start), Instant.ofEpochSecond(end), Duration.ofSeconds(length));
    }

    /** Start of the step that a window falls in, both in epoch seconds. */
    long stepOf(long windowStart) {
        long begin = from.getEpochSecond();
        return begin + (windowStart - begin) / step.toSeconds() * step.toSeconds();
    }

    private static Tier tier(Instant from, Instant to, @Nullable Duration step, Instant now, Duration minutesKept) {
        Duration length = Duration.between(from, to);
        boolean coarse = step != null && step.compareTo(Tier.MINUTE.resolution()) >= 0;
        if (!coarse
                && !from.isBefore(now.minus(Tier.TEN_SECONDS_REACH))
                && length.compareTo(Tier.TEN_SECONDS_REACH) <= 0) {
            return Tier.TEN_SECONDS;
        }
        boolean kept = !from.isBefore(now.minus(minutesKept));
        return kept && length.compareTo(MINUTES_UP_TO) <= 0 ? Tier.MINUTE : Tier.HOUR;
    }
}
