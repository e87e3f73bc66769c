package io.sluice.platform.database;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: PostgreSQL does not answer, or the schema has not been migrated yet. Nothing was changed as far as is known. */
public final class DatabaseUnavailable extends ProblemException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String detail) {
        super(503, "unavailable", "Not available just now", detail, List.of(), Map.of("Retry-After", "5"));
    }
}
