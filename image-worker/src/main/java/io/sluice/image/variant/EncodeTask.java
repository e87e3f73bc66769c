package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import java.nio.file.Path;

/**
 * One encode.
 *
 * @param address with a recipe; its collection decides who may be trusted
 * @param original file of the source, complete and not written any more
 * @param facts what the scanner read in it
 */
public record EncodeTask(VariantAddress address, Path original, ImageFacts facts) {
    public EncodeTask {
        if (address.recipe().isEmpty()) {
            throw new IllegalArgumentException("nothing is encoded for " + address);
        }
    }
}
