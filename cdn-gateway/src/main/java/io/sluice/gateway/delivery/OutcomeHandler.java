package io.sluice.gateway.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.outcomes.Outcomes;
import io.sluice.gateway.outcomes.Verdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * {@code POST /outcomes}: what clients say became of decisions, small enough for {@code navigator.sendBeacon} and of any content
 * type, so that a page needs no preflight. Whoever sends it is not asked who he is: the ids are signed.
 */
@Singleton
class OutcomeHandler {
    static final String PATH = "/outcomes";

    private static final int MAX_BODY = 8 * 1024;
    private static final int MAX_VOTES = 20;
    private static final String FORM =
            "Send {\"outcomes\":[{\"id\":..,\"failed\":false,\"ttfbMillis\":83}]}, at most " + MAX_VOTES + " of them.";

    private final Outcomes outcomes;
    private final Refusals refusals;
    private final ObjectMapper json;

    OutcomeHandler(Outcomes outcomes, Refusals refusals, ObjectMapper json) {
        this.outcomes = outcomes;
        this.refusals = refusals;
        this.json = json;
    }

    /** Whether a path is this one. */
    boolean has(String uri) {
        return uri.equals(PATH) && outcomes.taken();
    }

    void handle(HttpServerRequest request, HttpServerResponse response) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!outcomes.allows(origin)) {
            refusals.forbidden(
                    response, "Pages of this origin may not vote; list it in sluice.gateway.outcomes.origins.");
            return;
        }
        if (origin != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin).putHeader(HttpHeaders.VARY, "Origin");
        }
        if (request.method().equals(HttpMethod.POST)) {
            SmallBodies.read(
                    request, MAX_BODY, body -> take(body, response), () -> refusals.tooLarge(response, MAX_BODY));
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            response.setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
                    .end();
        } else {
            refusals.wrongMethod(response, "POST, OPTIONS");
        }
    }

    private void take(Buffer body, HttpServerResponse response) {
        JsonNode votes;
        try {
            votes = json.readTree(body.toString(StandardCharsets.UTF_8)).path("outcomes");
        } catch (JsonProcessingException e) {
            refusals.invalidParameter(response, "body", "is no JSON. " + FORM);
            return;
        }
        if (!votes.isArray() || votes.isEmpty() || votes.size() > MAX_VOTES) {
            refusals.invalidParameter(response, "outcomes", "must be a list. " + FORM);
            return;
        }
        int counted = 0;
        for (JsonNode vote : votes) {
            counted += verdict(vote) == Verdict.COUNTED ? 1 : 0;
        }
        response.setStatusCode(202)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"counted\":" + counted + ",\"refused\":" + (votes.size() - counted) + "}");
    }

    private Verdict verdict(JsonNode vote) {
        JsonNode ttfb = vote.path("ttfbMillis");
        Integer millis = ttfb.isNumber() && ttfb.canConvertToInt() ? Integer.valueOf(ttfb.intValue()) : null;
        return outcomes.take(vote.path("id").asText(), vote.path("failed").asBoolean(), millis);
    }
}
