package io.sluice.image.job;

/**
 * A deferred encode that this worker has claimed.
 *
 * @param id of the row
 * @param address of the variant
 * @param attempt the fence: grows with each claim, so that a worker that lost its lease changes nothing
 */
record EncodeJob(long id, String address, int attempt) {}
