package io.sluice.platform.problem;

import io.sluice.contracts.problem.Problem.FieldError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** 400: the request is well-formed but a field or parameter is not what it must be. */
public final class InvalidRequest extends ProblemException {
    private static final long serialVersionUID = 1L;

    public InvalidRequest(String field, String message) {
        this(List.of(new FieldError(field, message)));
    }

    public InvalidRequest(List<FieldError> errors) {
        super(
                400,
                "invalid-request",
                "A field of the request is not valid",
                errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")),
                errors,
                Map.of());
    }
}
