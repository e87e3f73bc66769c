package io.sluice.image.upload;

import io.sluice.platform.problem.ProblemException;

/** 400: fewer bytes, or other bytes, came than were announced. Nothing was kept. */
public final class UploadIncomplete extends ProblemException {
    private static final long serialVersionUID = 1L;

    UploadIncomplete(String detail) {
        super(400, "upload-incomplete", "The upload did not arrive as announced", detail + " Send it again.");
    }
}
