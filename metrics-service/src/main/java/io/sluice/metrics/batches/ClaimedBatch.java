package io.sluice.metrics.batches;

/** A batch to be taken, with how many of its samples or lines were accepted and rejected. */
public record ClaimedBatch(BatchKey key, long accepted, long rejected) {}
