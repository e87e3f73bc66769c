package io.sluice.gateway.vendors;

import io.sluice.platform.problem.ProblemException;

/** 409: a CDN has no way to purge what was named. */
public final class Unpurgeable extends ProblemException {
    private static final long serialVersionUID = 1L;

    Unpurgeable(String cdn, String why) {
        super(
                409,
                "unpurgeable",
                "A CDN cannot purge this",
                cdn + ": " + why + " Leave it out with \"cdns\", or name something else; nothing was purged.");
    }
}
