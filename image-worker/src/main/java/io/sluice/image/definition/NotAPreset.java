package io.sluice.image.definition;

import io.sluice.platform.problem.ProblemException;

/** 403: only presets are served, and the address is of none. */
public final class NotAPreset extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotAPreset() {
        super(
                403,
                "not-a-preset",
                "Only presets are served",
                "The address is of no preset; ask for /img/..?preset={name}, or define one with PUT /api/v1/presets/{name}.");
    }
}
