package io.sluice.image.definition;

import io.sluice.platform.problem.ProblemException;
import java.util.List;

/** 409: a watermark that presets use cannot go, for their pictures would lose it. */
public final class InUse extends ProblemException {
    private static final long serialVersionUID = 1L;

    InUse(String name, List<String> presets) {
        super(
                409,
                "watermark-in-use",
                "The watermark is in use",
                "The watermark '" + name + "' is used by the presets " + String.join(", ", presets)
                        + "; change or delete them first.");
    }
}
