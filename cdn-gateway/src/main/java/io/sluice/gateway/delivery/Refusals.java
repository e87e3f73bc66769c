package io.sluice.gateway.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.problem.Problem;
import io.sluice.contracts.problem.Problem.FieldError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** Answers of the delivery server that are no redirect, as problems. Never cached. */
@ApplicationScoped
@RegisterForReflection(targets = {Problem.class, FieldError.class})
class Refusals {
    private static final String RETRY_AFTER_SECONDS = "2";

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    void malformedPath(HttpServerResponse response, String detail) {
        send(response, 400, "malformed-path", "The path is not one of an image", detail, List.of());
    }

    void invalidParameter(HttpServerResponse response, String parameter, String message) {
        send(
                response,
                400,
                "invalid-request",
                "A field of the request is not valid",
                parameter + ": " + message,
                List.of(new FieldError(parameter, message)));
    }

    void nothingHere(HttpServerResponse response) {
        send(response, 404, "not-found", "There is nothing at this path", "Images are at /img/..", List.of());
    }

    void unknownSource(HttpServerResponse response) {
        send(
                response,
                404,
                "unknown-source",
                "There is no such image",
                "Set it with PUT /api/v1/sources/{collection}/{path} at image-worker.",
                List.of());
    }

    /** @param allowed methods, for the header Allow */
    void wrongMethod(HttpServerResponse response, String allowed) {
        response.putHeader("Allow", allowed).putHeader("Connection", "close");
        send(
                response,
                405,
                "method-not-allowed",
                "This path does not take this method",
                "It takes " + allowed + ".",
                List.of());
    }

    void forbidden(HttpServerResponse response, String detail) {
        send(response, 403, "forbidden", "This is not for everybody", detail, List.of());
    }

    void tooLarge(HttpServerResponse response, int limit) {
        response.putHeader("Connection", "close");
        send(response, 413, "body-too-large", "The body is too large", "Send at most " + limit + " bytes.", List.of());
    }

    void notAcceptable(HttpServerResponse response) {
        response.putHeader("Vary", Redirects.VARY);
        send(
                response,
                406,
                "not-acceptable",
                "The client refuses every format that could be served",
                "Accept at least image/jpeg or image/png, or name another format.",
                List.of());
    }

    void lookupFailed(HttpServerResponse response, String reason) {
        response.putHeader("Retry-After", RETRY_AFTER_SECONDS).putHeader("Sluice-Outcome", "lookup-failed");
        send(
                response,
                503,
                "lookup-failed",
                "Whether there is such an image cannot be said just now",
                reason + "; try again.",
                List.of());
    }

    void noCdn(HttpServerResponse response) {
        response.putHeader("Retry-After", RETRY_AFTER_SECONDS).putHeader("Sluice-Outcome", "no-cdn");
        send(
                response,
                503,
                "no-cdn",
                "No CDN can serve this just now",
                "All CDNs are drained or down; GET /api/v1/cdns on the control port says why. Try again.",
                List.of());
    }

    void unreadable(HttpServerResponse response, int status) {
        String detail = switch (status) {
            case 414 -> "The address is too long.";
            case 431 -> "The headers are too large.";
            default -> "The request is not valid HTTP.";
        };
        response.putHeader("Connection", "close");
        send(response, status, "bad-request", "The request cannot be read", detail, List.of());
    }

    void fault(HttpServerResponse response) {
        send(response, 500, "internal-error", "The service has a fault", "It was logged.", List.of());
    }

    private void send(
            HttpServerResponse response,
            int status,
            String slug,
            String title,
            String detail,
            List<FieldError> errors) {
        try {
            Problem problem = new Problem(URI.create("/problems/" + slug), title, status, detail, null, errors);
            response.setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written", e);
        }
    }
}
