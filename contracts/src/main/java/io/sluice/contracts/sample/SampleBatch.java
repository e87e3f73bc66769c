package io.sluice.contracts.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/samples}.
 *
 * @param source who sends, for example {@code image-worker-1}
 * @param batchId the sender's id of this batch; a second one with the same source and id is answered as a duplicate
 * @param samples at most 10,000
 */
public record SampleBatch(String source, @Nullable String batchId, List<Sample> samples) {
    public SampleBatch {
        samples = List.copyOf(samples);
    }
}
