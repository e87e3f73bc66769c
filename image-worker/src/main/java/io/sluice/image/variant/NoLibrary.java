package io.sluice.image.variant;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: libvips is not there, so nothing new can be made. */
public final class NoLibrary extends ProblemException {
    private static final long serialVersionUID = 1L;

    public NoLibrary(String detail) {
        super(503, "no-libvips", "Nothing can be encoded here", detail, List.of(), Map.of("Retry-After", "60"));
    }
}
