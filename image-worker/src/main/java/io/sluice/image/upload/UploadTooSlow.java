package io.sluice.image.upload;

import io.sluice.platform.problem.ProblemException;

/** 408: the bytes came so slowly that waiting for them only ties up a connection. Nothing was kept. */
public final class UploadTooSlow extends ProblemException {
    private static final long serialVersionUID = 1L;

    UploadTooSlow() {
        super(
                408,
                "upload-too-slow",
                "The upload came too slowly",
                "Each " + Pace.STEP / 1024
                        + " KiB have the time that sluice.image.upload.pace gives them. Send it again.");
    }
}
