package io.sluice.image.files;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: the file store cannot be read or written just now (disk full, read-only, gone). */
public final class StoreFailed extends ProblemException {
    private static final long serialVersionUID = 1L;

    public StoreFailed(String detail) {
        super(
                503,
                "store-failed",
                "The file store does not work just now",
                detail + ". Check space and permissions of sluice.data.dir.",
                List.of(),
                Map.of("Retry-After", "30"));
    }
}
