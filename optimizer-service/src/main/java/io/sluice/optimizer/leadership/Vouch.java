package io.sluice.optimizer.leadership;

/**
 * What this process knows of the leadership: until {@code certainUntilNanos} of its own monotonic clock nobody but
 * {@code holder} can write.
 *
 * @param epoch at least 1; 0 before anything is known
 * @param holder who leads
 * @param certainUntilNanos from the moment before the database was asked, so that it never outlasts the row
 */
public record Vouch(long epoch, String holder, long certainUntilNanos) {
    boolean certain(long nowNanos) {
        return epoch > 0 && certainUntilNanos - nowNanos > 0;
    }
}
