package io.sluice.image.sources;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 422: a source names an image that was not uploaded and that no Git LFS server has. */
final class UnknownOid extends ProblemException {
    private static final long serialVersionUID = 1L;

    UnknownOid(String oid) {
        super(
                422,
                "unknown-oid",
                "The image is not in the store",
                "Upload it with POST /api/v1/images first: " + oid,
                List.of(new FieldError("oid", "is not in the store")),
                Map.of());
    }
}
