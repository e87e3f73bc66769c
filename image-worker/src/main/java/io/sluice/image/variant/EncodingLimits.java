package io.sluice.image.variant;

import jakarta.enterprise.context.ApplicationScoped;

/** Limits of encoding that the data plane keeps. */
@ApplicationScoped
public class EncodingLimits {
    private final int maxVariants;

    EncodingLimits(EncodingConfig config) {
        this.maxVariants = config.maxVariants();
    }

    /** Most variants of one source. */
    public int maxVariants() {
        return maxVariants;
    }
}
