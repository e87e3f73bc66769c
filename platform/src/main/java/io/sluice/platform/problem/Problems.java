package io.sluice.platform.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.sluice.contracts.problem.Problem;
import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.platform.database.DatabaseFailures;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns every failure of a request into a problem, once for all services. */
@RegisterForReflection(targets = {Problem.class, FieldError.class})
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final Map<Integer, String> TITLES = Map.of(
            400, "The request cannot be read",
            404, "There is nothing at this path",
            405, "This path does not take this method",
            406, "None of the media types asked for can be made",
            413, "The body is too large",
            415, "The body's media type is not taken here",
            503, "Not available just now");

    @ServerExceptionMapper
    public Response problem(ProblemException failure, UriInfo uri) {
        Response.ResponseBuilder builder =
                builder(failure.status(), failure.slug(), failure.title(), failure.getMessage(), failure.errors(), uri);
        failure.headers().forEach(builder::header);
        return builder.build();
    }

    @ServerExceptionMapper
    public Response problem(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JacksonException json) {
            return json(json, uri);
        }
        Response answer = failure.getResponse();
        int status = answer.getStatus();
        if (status < 400) {
            return answer;
        }
        Response.ResponseBuilder builder = builder(
                status,
                slug(status),
                TITLES.getOrDefault(status, answer.getStatusInfo().getReasonPhrase()),
                detail(status, failure.getMessage()),
                List.of(),
                uri);
        answer.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    @ServerExceptionMapper({MismatchedInputException.class, ValueInstantiationException.class})
    public Response mapping(JsonMappingException failure, UriInfo uri) {
        return json(failure, uri);
    }

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException failure, UriInfo uri) {
        return challenge("This call needs a token: Authorization: Bearer ..", uri);
    }

    @ServerExceptionMapper
    public Response authentication(AuthenticationFailedException failure, UriInfo uri) {
        return challenge("The token is not one that this service knows.", uri);
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException failure, UriInfo uri) {
        return builder(
                        403,
                        "forbidden",
                        "The token's role does not allow this call",
                        "Changes need a token with the role operator; calls between services one with the role service.",
                        List.of(),
                        uri)
                .build();
    }

    @ServerExceptionMapper
    public Response any(Throwable failure, UriInfo uri) {
        if (DatabaseFailures.unavailable(failure)) {
            return unavailable("The database does not answer. Nothing was changed; try again.", uri);
        }
        if (failure instanceof TimeoutException || failure instanceof RejectedExecutionException) {
            return unavailable("The service is too busy to answer in time; try again.", uri);
        }
        if (failure instanceof IOException && "Request too large".equals(failure.getMessage())) {
            // The framework has answered with a bare 413 before it threw this; another body can no longer be written.
            return Response.status(413).build();
        }
        LOG.errorf(failure, "%s failed", uri.getPath());
        return builder(
                        500,
                        "internal-error",
                        "The service has a fault",
                        "It was logged; the trace id in the response's headers finds it.",
                        List.of(),
                        uri)
                .build();
    }

    /** The framework's own texts name its classes; a caller is told where to look instead. */
    private static @Nullable String detail(int status, @Nullable String message) {
        return status == 415 || message == null || message.startsWith("HTTP ")
                ? "/q/openapi says which paths, methods and media types this service takes."
                : message;
    }

    private static Response json(JacksonException failure, UriInfo uri) {
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = path(mapping);
            return builder(
                            400,
                            "invalid-request",
                            "A field of the request is not valid",
                            field + ": " + reason(mapping),
                            List.of(new FieldError(field, reason(mapping))),
                            uri)
                    .build();
        }
        if (failure instanceof ValueInstantiationException mapping) {
            return builder(
                            400,
                            "invalid-request",
                            "A field of the request is not valid",
                            reason(mapping),
                            List.of(),
                            uri)
                    .build();
        }
        String where = failure.getLocation() == null
                ? ""
                : " at line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
        return builder(
                        400,
                        "malformed-json",
                        "The body is not the JSON that this call takes",
                        "Cannot read the body" + where + ".",
                        List.of(),
                        uri)
                .build();
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : failure.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String reason(JsonMappingException failure) {
        if (failure instanceof ValueInstantiationException && failure.getCause() != null) {
            String message = failure.getCause().getMessage();
            return message == null ? "is required" : message;
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "must be " + describe(mismatch.getTargetType());
        }
        return "is not valid";
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) {
            StringBuilder names = new StringBuilder("one of");
            for (Object constant : type.getEnumConstants()) {
                names.append(' ').append(constant);
            }
            return names.toString();
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "double", "Double", "BigDecimal" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a string";
            case "Instant" -> "a time such as 2026-11-21T12:00:00Z";
            case "Duration" -> "a duration such as PT15M";
            case "LocalDate" -> "a date such as 2026-11-21";
            case "List", "ArrayList" -> "an array";
            default -> "an object";
        };
    }

    private static Response challenge(String detail, UriInfo uri) {
        return builder(401, "unauthorized", "The caller is not known", detail, List.of(), uri)
                .header("WWW-Authenticate", "Bearer realm=\"sluice\"")
                .build();
    }

    private static Response unavailable(String detail, UriInfo uri) {
        return builder(503, "unavailable", TITLES.getOrDefault(503, ""), detail, List.of(), uri)
                .header("Retry-After", "5")
                .build();
    }

    private static Response.ResponseBuilder builder(
            int status, String slug, String title, @Nullable String detail, List<FieldError> errors, UriInfo uri) {
        URI instance = URI.create(uri.getRequestUri().getRawPath());
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(URI.create("/problems/" + slug), title, status, detail, instance, errors));
    }

    private static String slug(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "body-too-large";
            case 415 -> "unsupported-media-type";
            case 503 -> "unavailable";
            default -> "bad-request";
        };
    }
}
