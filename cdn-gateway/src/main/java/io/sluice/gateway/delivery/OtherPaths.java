package io.sluice.gateway.delivery;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;

/** What the delivery port answers beside {@code /img}. */
@Singleton
class OtherPaths {
    private static final String LIVE = "/live";

    private final PathAnswers paths;
    private final DnsHandler dns;
    private final OutcomeHandler outcomes;
    private final Refusals refusals;

    OtherPaths(PathAnswers paths, DnsHandler dns, OutcomeHandler outcomes, Refusals refusals) {
        this.paths = paths;
        this.dns = dns;
        this.outcomes = outcomes;
        this.refusals = refusals;
    }

    /** Whether a request only reads. */
    static boolean reads(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    void handle(HttpServerRequest request, HttpServerResponse response, String uri) {
        if (dns.has(uri)) {
            dns.handle(request, response);
        } else if (outcomes.has(uri)) {
            outcomes.handle(request, response);
        } else if (!reads(request)) {
            refusals.wrongMethod(response, "GET, HEAD");
        } else if (uri.startsWith(PathAnswers.STEERING)) {
            paths.steer(request, response);
        } else if (uri.equals(PathAnswers.AUTH)) {
            paths.authorise(request, response);
        } else if (uri.equals(LIVE)) {
            response.end("ok\n");
        } else if (uri.isEmpty() || uri.charAt(0) != '/' || uri.startsWith("//")) {
            refusals.malformedPath(response, "Ask for a path such as /img/photos/cat.jpg, not for another host.");
        } else {
            refusals.nothingHere(response);
        }
    }
}
