package io.sluice.image.variant;

import io.sluice.platform.problem.ProblemException;

/** 422: the source was taken, but its picture turns out to be damaged or of a kind that the library cannot decode. */
public final class Undecodable extends ProblemException {
    private static final long serialVersionUID = 1L;

    Undecodable(String detail) {
        super(422, "undecodable-image", "The source cannot be decoded", detail + ". Upload an intact copy.");
    }
}
