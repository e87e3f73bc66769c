package io.sluice.metrics.samples;

import io.sluice.contracts.sample.IngestResult.Rejected;
import io.sluice.metrics.batches.BatchKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A batch, folded into windows of 10 seconds.
 *
 * @param key absent when the sender gave the batch no id
 */
record BatchAggregate(
        Optional<BatchKey> key, Map<Window, Aggregate> windows, long accepted, long folded, List<Rejected> rejected) {

    /** A series in the window that begins at an epoch second. */
    record Window(Series series, long start) {}
}
