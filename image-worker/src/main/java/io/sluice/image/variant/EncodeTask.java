package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One encode.
 *
 * @param address with a recipe; its collection decides who may be trusted
 * @param original file of the source, complete and not written any more
 * @param facts what the scanner read in it
 * @param base width of the picture that it is shrunk from, as in a responsive set; 0: the source itself
 * @param mark the visible mark that the recipe names; empty when it names none
 */
public record EncodeTask(VariantAddress address, Path original, ImageFacts facts, int base, Optional<Mark> mark) {
    public EncodeTask {
        if (address.recipe().isEmpty()) {
            throw new IllegalArgumentException("nothing is encoded for " + address);
        }
    }
}
