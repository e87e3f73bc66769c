package io.sluice.gateway.delivery;

import io.sluice.gateway.catalogue.Catalogue;
import io.sluice.gateway.catalogue.Lookup;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.delivery.DeliveryMeters.Outcome;
import io.sluice.gateway.drills.DrillCounts;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.negotiation.Hints;
import io.sluice.gateway.negotiation.ImageQuery;
import io.sluice.gateway.negotiation.MalformedQuery;
import io.sluice.gateway.negotiation.Preset;
import io.sluice.gateway.outcomes.DecisionIds;
import io.sluice.gateway.outcomes.Outcomes;
import io.sluice.gateway.recording.DecisionSample;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.platform.clock.NanoClock;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Answers {@code GET|HEAD /img/..} on the delivery port. A known source is answered on the spot, on the event loop. */
@Singleton
class DeliveryHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = Logger.getLogger(DeliveryHandler.class);
    private static final CharSequence SAVE_DATA = HttpHeaders.createOptimized("Save-Data");
    private static final CharSequence DPR = HttpHeaders.createOptimized("Sec-CH-DPR");
    private static final CharSequence WIDTH = HttpHeaders.createOptimized("Sec-CH-Width");
    private static final CharSequence DECISION_ID = HttpHeaders.createOptimized("Sluice-Decision-Id");
    private static final CharSequence EXPLAIN = HttpHeaders.createOptimized("Sluice-Explain");

    private final Vertx vertx;
    private final Catalogue catalogue;
    private final Decider decider;
    private final Clients clients;
    private final OtherPaths others;
    private final Refusals refusals;
    private final Redirects redirects;
    private final DeliveryMeters meters;
    private final DrillCounts drill;
    private final DecisionSample sample;
    private final DecisionIds ids;
    private final boolean voted;
    private final NanoClock nanos;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean draining;

    DeliveryHandler(
            Vertx vertx,
            Catalogue catalogue,
            Decider decider,
            Clients clients,
            OtherPaths others,
            Refusals refusals,
            DeliveryConfig config,
            OriginConfig origin,
            DeliveryMeters meters,
            DrillCounts drill,
            DecisionSample sample,
            DecisionIds ids,
            Outcomes outcomes,
            NanoClock nanos) {
        this.vertx = vertx;
        this.catalogue = catalogue;
        this.decider = decider;
        this.clients = clients;
        this.others = others;
        this.refusals = refusals;
        this.redirects = new Redirects(
                origin.originFallbackUrl(), config.redirectMaxAge().toSeconds());
        this.meters = meters;
        this.drill = drill;
        this.sample = sample;
        this.ids = ids;
        this.voted = outcomes.taken();
        this.nanos = nanos;
    }

    /** From now on connections are closed behind their responses. */
    void drain() {
        draining = true;
    }

    /** Requests that wait for a look-up. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public void handle(HttpServerRequest request) {
        guarded(request, () -> route(request));
    }

    private void route(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (draining) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        String uri = request.uri();
        if (!uri.startsWith(ImagePath.PREFIX)) {
            others.handle(request, response, uri);
        } else if (OtherPaths.reads(request)) {
            image(request, response, uri);
        } else {
            refusals.wrongMethod(response, "GET, HEAD");
        }
    }

    private void image(HttpServerRequest request, HttpServerResponse response, String uri) {
        long start = nanos.nanos();
        int mark = uri.indexOf('?');
        String raw = uri.substring(ImagePath.PREFIX.length(), mark < 0 ? uri.length() : mark);
        try {
            ImageQuery query = mark < 0 ? ImageQuery.NONE : ImageQuery.parse(uri.substring(mark + 1));
            // Only valid names are in the catalogue, so a raw path that is found needs no check.
            SourceFacts facts = raw.indexOf('%') < 0 ? catalogue.get(raw) : null;
            if (facts == null) {
                lookUp(request, raw, query, start);
            } else {
                answer(request, facts, query, start);
            }
        } catch (MalformedPath e) {
            ended(Outcome.INVALID, start);
            refusals.malformedPath(response, String.valueOf(e.getMessage()));
        } catch (MalformedQuery e) {
            ended(Outcome.INVALID, start);
            refusals.invalidParameter(response, e.parameter(), String.valueOf(e.getMessage()));
        }
    }

    private void lookUp(HttpServerRequest request, String raw, ImageQuery query, long start) {
        String name = ImagePath.name(raw);
        SourceFacts facts = name.equals(raw) ? null : catalogue.get(name);
        if (facts != null) {
            answer(request, facts, query, start);
            return;
        }
        CompletableFuture<Lookup> lookup = catalogue.find(name);
        if (lookup.isDone()) {
            conclude(request, lookup.join(), query, start);
            return;
        }
        waiting.incrementAndGet();
        Context context = vertx.getOrCreateContext();
        var _ = lookup.exceptionally(DeliveryHandler::failed)
                .thenAccept(found -> context.runOnContext(ignored -> {
                    waiting.decrementAndGet();
                    if (!request.response().closed()) {
                        guarded(request, () -> conclude(request, found, query, start));
                    }
                }));
    }

    private void conclude(HttpServerRequest request, Lookup lookup, ImageQuery query, long start) {
        switch (lookup) {
            case Lookup.Found(SourceFacts facts) -> answer(request, facts, query, start);
            case Lookup.Unknown ignored -> {
                ended(Outcome.UNKNOWN, start);
                refusals.unknownSource(request.response());
            }
            case Lookup.Failed(String reason) -> {
                ended(Outcome.LOOKUP_FAILED, start);
                refusals.lookupFailed(request.response(), reason);
            }
        }
    }

    private void answer(HttpServerRequest request, SourceFacts facts, ImageQuery query, long start) {
        HttpServerResponse response = request.response();
        Decision decision;
        Ip client = clients.of(request);
        try {
            Preset preset = decider.preset(query);
            if (preset == null) {
                ended(Outcome.INVALID, start);
                refusals.invalidParameter(response, "preset", "is not known; there are: " + decider.presetNames());
                return;
            }
            MultiMap headers = request.headers();
            Hints hints = Hints.of(headers.get(SAVE_DATA), headers.get(DPR), headers.get(WIDTH));
            decision = decider.decide(facts, query, preset, headers.get(HttpHeaders.ACCEPT), hints, client);
        } catch (MalformedQuery e) {
            ended(Outcome.INVALID, start);
            refusals.invalidParameter(response, e.parameter(), String.valueOf(e.getMessage()));
            return;
        }
        if (request.headers().contains(EXPLAIN)) {
            response.putHeader("Sluice-Decision", DecisionText.of(decision));
        }
        send(response, decision, client, start);
    }

    private void send(HttpServerResponse response, Decision decision, Ip client, long start) {
        String pathAndQuery = decision.pathAndQuery();
        if (pathAndQuery == null) {
            ended(Outcome.NOT_ACCEPTABLE, start);
            refusals.notAcceptable(response);
        } else if (decision.cdn() != Snapshot.NONE) {
            Snapshot snapshot = decision.snapshot();
            long hash = decision.facts().hash();
            if (voted) {
                response.putHeader(DECISION_ID, ids.issue(snapshot, decision.cdn(), client, hash));
            }
            redirects.toCdn(response, decision, pathAndQuery);
            snapshot.traffic().sample(hash, decision.cdn(), snapshot.isHot(hash));
            drill.note(snapshot, hash, decision.client(), decision.cdn());
            String cdn = snapshot.candidate(decision.cdn()).name();
            sample.note(pathAndQuery, hash, decision.country(), decision.client(), snapshot.market(), cdn);
            meters.redirected(cdn, snapshot.panic());
            meters.took(nanos.nanos() - start);
        } else if (redirects.toOriginPossible()) {
            ended(Outcome.ORIGIN_FALLBACK, start);
            redirects.toOrigin(response, decision, pathAndQuery);
        } else {
            drill.note(decision.snapshot(), decision.facts().hash(), decision.client(), decision.cdn());
            ended(Outcome.NO_CDN, start);
            refusals.noCdn(response);
        }
    }

    private void ended(Outcome outcome, long start) {
        meters.ended(outcome);
        meters.took(nanos.nanos() - start);
    }

    /** A fault of ours is logged and answered, never left hanging. */
    private void guarded(HttpServerRequest request, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed", request.method(), request.path());
            if (!request.response().headWritten()) {
                refusals.fault(request.response());
            }
        }
    }

    private static Lookup failed(Throwable failure) {
        LOG.error("a look-up has a fault", failure);
        return new Lookup.Failed("the look-up has a fault");
    }
}
