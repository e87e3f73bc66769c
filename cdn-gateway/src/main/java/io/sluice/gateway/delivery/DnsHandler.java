package io.sluice.gateway.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.dns.DnsBackend;
import io.sluice.gateway.dns.DnsReply;
import io.sluice.gateway.geo.Ip;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** {@code GET /dns/{method}/..} and {@code POST /dns}: PowerDNS asks, from an address that is allowed to. */
@Singleton
class DnsHandler {
    static final String PATH = "/dns";

    private static final int MAX_BODY = 64 * 1024;

    private final DnsBackend backend;
    private final Refusals refusals;
    private final MeterRegistry meters;

    /** How a call ended. */
    private enum Outcome {
        KNOWN,
        NOTHING,
        NO_CDN,
        REFUSED,
        MALFORMED
    }

    DnsHandler(DnsBackend backend, Refusals refusals, MeterRegistry meters) {
        this.backend = backend;
        this.refusals = refusals;
        this.meters = meters;
    }

    /** Whether a path is one of these. */
    boolean has(String uri) {
        return backend.hasZones() && (uri.equals(PATH) || uri.startsWith(PATH + "/"));
    }

    void handle(HttpServerRequest request, HttpServerResponse response) {
        if (!allowed(request)) {
            ended(Outcome.REFUSED);
            refusals.forbidden(
                    response, "This peer may not ask; list it in sluice.gateway.dns.allow when it is your PowerDNS.");
        } else if (request.method().equals(HttpMethod.GET)) {
            String path = request.uri().substring(PATH.length());
            answer(response, () -> backend.answer(path, request::getHeader));
        } else if (request.method().equals(HttpMethod.POST)) {
            SmallBodies.read(
                    request,
                    MAX_BODY,
                    body -> answer(response, () -> backend.answer(body.getBytes())),
                    () -> refusals.tooLarge(response, MAX_BODY));
        } else {
            refusals.wrongMethod(response, "GET, POST");
        }
    }

    /** The connection's own peer: a header could be anybody's. */
    private boolean allowed(HttpServerRequest request) {
        Ip peer = Clients.peer(request);
        return peer != null && backend.allows(peer);
    }

    private void answer(HttpServerResponse response, Supplier<DnsReply> question) {
        DnsReply reply;
        try {
            reply = question.get();
        } catch (IllegalArgumentException e) {
            ended(Outcome.MALFORMED);
            refusals.malformedPath(response, e.getMessage() + "; it must be as PowerDNS's remote backend sends it.");
            return;
        }
        switch (reply) {
            case DnsReply.Known(String json) -> send(response, json, Outcome.KNOWN);
            case DnsReply.Nothing(String json) -> send(response, json, Outcome.NOTHING);
            case DnsReply.NoCdn ignored -> {
                ended(Outcome.NO_CDN);
                refusals.noCdn(response);
            }
        }
    }

    private void send(HttpServerResponse response, String json, Outcome outcome) {
        ended(outcome);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(json);
    }

    private void ended(Outcome outcome) {
        meters.counter("sluice.gateway.dns.answers", "outcome", outcome.name()).increment();
    }
}
