package io.sluice.contracts.sample;

import java.util.List;

/**
 * Answer to an intake: what was taken, what was not and why. The rest of a batch is taken when one sample is refused.
 *
 * @param accepted how many were taken
 * @param rejected which were not
 * @param duplicate whether this batch had been taken before; nothing was counted again
 */
public record IngestResult(long accepted, List<Rejected> rejected, boolean duplicate) {
    public IngestResult {
        rejected = List.copyOf(rejected);
    }

    /**
     * A sample or line that was refused.
     *
     * @param index its place in the batch, from 0
     * @param reason {@code too_old}, {@code in_the_future}, {@code not_finite}, {@code malformed}, ..
     */
    public record Rejected(long index, String reason) {}
}
