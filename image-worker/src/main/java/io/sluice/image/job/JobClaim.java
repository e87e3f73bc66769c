package io.sluice.image.job;

import java.util.List;

/**
 * A job that this worker has claimed.
 *
 * @param id of the row
 * @param kind as in {@link NewJob}
 * @param addresses of the variants to make
 * @param priority as in {@link NewJob}
 * @param attempt the fence: grows with each claim, so that a worker that lost its lease changes nothing
 * @param waitedSeconds between being queued and its first start; negative when it was started before
 */
record JobClaim(long id, String kind, List<String> addresses, int priority, int attempt, double waitedSeconds) {
    JobClaim {
        addresses = List.copyOf(addresses);
    }
}
