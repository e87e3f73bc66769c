package io.sluice.image.variant;

import io.sluice.image.scan.SourceFormat;
import io.sluice.platform.problem.ProblemException;

/** 404: a source's own pixels are asked for in another format than its own, or it is of a kind that has no such address. */
public final class NoOriginal extends ProblemException {
    private static final long serialVersionUID = 1L;

    NoOriginal(SourceFormat format) {
        super(404, "no-original", "The source has no such address", "The source is a " + format.token() + " image.");
    }
}
