package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import java.nio.file.Path;
import java.util.List;

/**
 * Several variants of one source, made from one decode.
 *
 * @param original file of the source, complete and not written any more
 * @param facts what the scanner read in it
 * @param base width of the picture that all are shrunk from, a step of the ladder; none is wider
 * @param addresses of one collection, not empty
 */
public record SetTask(Path original, ImageFacts facts, int base, List<VariantAddress> addresses) {
    public SetTask {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a set has at least one variant");
        }
    }
}
