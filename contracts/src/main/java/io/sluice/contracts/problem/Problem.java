package io.sluice.contracts.problem;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail (RFC 9457, media type {@value #MEDIA_TYPE}).
 *
 * @param type stable path such as {@code /problems/image-too-large}; never changes its meaning
 * @param title what went wrong, the same sentence for each problem of this type
 * @param status HTTP status, 400-599
 * @param detail what to do about it, in this case
 * @param instance the request's path, absent when it is not known
 * @param errors the fields that were refused; empty when the problem is not one of validation
 */
public record Problem(
        URI type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable URI instance,
        List<FieldError> errors) {

    /** Media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400-599, was " + status);
        }
        errors = List.copyOf(errors);
    }

    /**
     * One refused field.
     *
     * @param field where it is: a JSON path such as {@code samples[3].value}, or a parameter's name
     * @param message what it must be
     */
    public record FieldError(String field, String message) {}
}
