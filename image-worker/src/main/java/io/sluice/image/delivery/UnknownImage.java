package io.sluice.image.delivery;

import io.sluice.platform.problem.ProblemException;

/** 404: the source of an address is not in the store. */
final class UnknownImage extends ProblemException {
    private static final long serialVersionUID = 1L;

    UnknownImage(String oid) {
        super(404, "not-found", "There is nothing by this name", "No image " + oid + " was uploaded here.");
    }
}
