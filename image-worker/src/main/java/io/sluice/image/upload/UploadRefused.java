package io.sluice.image.upload;

import io.sluice.image.scan.Scan;
import io.sluice.platform.problem.ProblemException;

/** 413, 415 or 422: the upload is not an image that is taken. Nothing was kept. */
public final class UploadRefused extends ProblemException {
    private static final long serialVersionUID = 1L;

    private UploadRefused(int status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static UploadRefused of(Scan.Refused refused) {
        String detail = refused.detail() + ".";
        return switch (refused.cause()) {
            case NOT_AN_IMAGE -> new UploadRefused(415, "not-an-image", "The upload is not an image", detail);
            case TOO_MANY_PIXELS -> new UploadRefused(422, "image-too-large", "The image has too many pixels", detail);
            case TOO_COMPLEX ->
                new UploadRefused(422, "image-too-complex", "Decoding the image would cost too much", detail);
            case DAMAGED -> new UploadRefused(422, "damaged-image", "The image is damaged", detail);
        };
    }

    /** Longer than {@code limit} bytes. */
    public static UploadRefused tooLong(long limit) {
        return new UploadRefused(
                413, "body-too-large", "The body is too large", "An upload may have " + limit + " bytes at the most.");
    }
}
