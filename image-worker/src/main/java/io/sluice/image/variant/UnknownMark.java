package io.sluice.image.variant;

import io.sluice.platform.problem.ProblemException;

/** 404: a recipe names a visible mark that this worker does not know. */
public final class UnknownMark extends ProblemException {
    private static final long serialVersionUID = 1L;

    public UnknownMark(String id) {
        super(
                404,
                "unknown-watermark",
                "There is no such watermark",
                "No watermark has the id " + id + "; define it with PUT /api/v1/watermarks/{name}.");
    }
}
