package io.sluice.image.imports;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** 422: no folder is configured under this name. */
final class UnknownRoot extends ProblemException {
    private static final long serialVersionUID = 1L;

    UnknownRoot(String name, Collection<String> known) {
        super(
                422,
                "unknown-root",
                "The folder is not one that may be imported from",
                known.isEmpty()
                        ? "Configure it: sluice.image.sources.roots." + name + ".path."
                        : "There are " + String.join(", ", new TreeSet<>(known)) + '.',
                List.of(new FieldError("root", "is not configured")),
                Map.of());
    }
}
