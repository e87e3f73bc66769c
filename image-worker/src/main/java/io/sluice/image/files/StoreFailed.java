package io.sluice.image.files;

import io.sluice.platform.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** 503: the file store cannot be read or written just now (disk full, read-only, gone). */
public final class StoreFailed extends ProblemException {
    private static final long serialVersionUID = 1L;

    private StoreFailed(String detail) {
        super(
                503,
                "store-failed",
                "The file store does not work just now",
                detail + ". Readiness check 'store' at /q/health/ready says what to do.",
                List.of(),
                Map.of("Retry-After", "30"));
    }

    /** Something cannot be read. */
    public static StoreFailed reading(IOException cause) {
        return new StoreFailed("The store cannot be read: " + cause.getMessage());
    }

    /** Something cannot be written. */
    public static StoreFailed writing(String what, IOException cause) {
        return new StoreFailed(what + ": " + cause.getMessage());
    }
}
