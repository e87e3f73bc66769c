package io.sluice.platform.problem;

import io.sluice.contracts.problem.Problem.FieldError;
import java.util.List;
import java.util.Map;

/**
 * Base of every exception that a caller can act on. A subclass stands for one cause and one {@code type}; the rest of the
 * answer is made here. No stack trace: it is an answer, not an accident.
 */
public abstract class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final String title;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    /**
     * @param status 400-599
     * @param slug end of the type {@code /problems/{slug}}, stable
     * @param title the same sentence for each problem of this type
     * @param detail what to do about it, in this case
     */
    protected ProblemException(int status, String slug, String title, String detail) {
        this(status, slug, title, detail, List.of(), Map.of());
    }

    /**
     * @param errors the fields that were refused
     * @param headers further response headers, for example {@code Retry-After}
     */
    protected ProblemException(
            int status,
            String slug,
            String title,
            String detail,
            List<FieldError> errors,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
