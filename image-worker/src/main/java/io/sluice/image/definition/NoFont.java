package io.sluice.image.definition;

import io.sluice.platform.problem.ProblemException;

/** 422: a text cannot be drawn on this machine. */
public final class NoFont extends ProblemException {
    private static final long serialVersionUID = 1L;

    NoFont(String detail) {
        super(
                422,
                "no-font",
                "The text cannot be drawn",
                detail
                        + ". Install fonts where image-worker runs (Debian: apt-get install fontconfig fonts-dejavu-core),"
                        + " or upload the text as an image and name its oid.");
    }
}
