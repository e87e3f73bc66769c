package io.sluice.image.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.AddressSigner.Verdict;
import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.directive.DirectiveInForce;
import io.sluice.image.storage.VariantUse;
import io.sluice.image.variant.Busy;
import io.sluice.platform.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} and {@code HEAD /v/{collection}/{oid}/{recipe}.{format}} and {@code /v/canary}. The signature is checked before
 * anything else is looked at, and a validator before any work is done. What is in memory is answered on the event loop, the
 * rest by a worker; no database is asked.
 */
@ApplicationScoped
class VariantHandler {
    private static final Logger LOG = Logger.getLogger(VariantHandler.class);

    private final Signing signing;
    private final Deliveries deliveries;
    private final DirectiveInForce directives;
    private final VariantResponses responses;
    private final VariantUse use;
    private final DeliveredBytes delivered;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final KnownRequests known = new KnownRequests();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    VariantHandler(
            Signing signing,
            Deliveries deliveries,
            DirectiveInForce directives,
            VariantResponses responses,
            VariantUse use,
            DeliveredBytes delivered,
            InstantSource clock,
            MeterRegistry meters) {
        this.signing = signing;
        this.deliveries = deliveries;
        this.directives = directives;
        this.responses = responses;
        this.use = use;
        this.delivered = delivered;
        this.clock = clock;
        this.meters = meters;
    }

    void register(@Observes Router router) {
        router.route("/v/canary").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(responses::canary);
        router.route("/v/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::handle);
        router.route("/v/*").handler(responses::method);
    }

    private void handle(RoutingContext context) {
        Optional<AddressSigner> signer = signing.signer();
        String uri = context.request().uri();
        KnownRequests.Known repeated = known.find(uri, signer, clock.instant());
        if (repeated != null) {
            proceed(context, repeated.signature(), repeated.address());
            return;
        }
        String path = Objects.requireNonNullElse(context.request().path(), "");
        SignedRequest signature = SignedRequest.of(context.request().params());
        Verdict verdict = signature.check(signer, path, clock.instant());
        if (verdict != Verdict.VALID) {
            count("refused");
            responses.refuse(context, verdict);
            return;
        }
        VariantAddress address;
        try {
            address = VariantAddress.parse(path);
        } catch (MalformedAddress e) {
            count("malformed");
            responses.malformed(context, String.valueOf(e.getMessage()));
            return;
        }
        known.remember(uri, signer, signature, address);
        proceed(context, signature, address);
    }

    private void proceed(RoutingContext context, SignedRequest signature, VariantAddress address) {
        directives
                .label(address.collection())
                .ifPresent(label -> context.response().putHeader("Sluice-Directive", label));
        Optional<Delivery> atOnce;
        try {
            atOnce = deliveries.atOnce(address);
        } catch (ProblemException refused) {
            fail(context, refused);
            return;
        }
        if (atOnce.isPresent()) {
            answer(context, signature, atOnce.get());
        } else {
            askWorker(context, signature, address);
        }
    }

    private void askWorker(RoutingContext context, SignedRequest signature, VariantAddress address) {
        var vertx = context.vertx();
        var eventLoop = vertx.getOrCreateContext();
        vertx.<CompletionStage<Delivery>>executeBlocking(() -> deliveries.deliver(address), false)
                .onFailure(failure -> fail(context, failure))
                .onSuccess(stage -> stage.whenComplete((delivery, failure) -> eventLoop.runOnContext(ignored -> {
                    if (failure == null) {
                        answer(context, signature, delivery);
                    } else {
                        fail(context, failure);
                    }
                })));
    }

    private void answer(RoutingContext context, SignedRequest signature, Delivery delivery) {
        if (context.response().closed()) {
            return;
        }
        switch (delivery) {
            case Delivery.Bytes bytes -> {
                count(bytes.outcome());
                use.served(bytes.address());
                compare(context, bytes);
                responses.send(context, bytes);
            }
            case Delivery.Elsewhere elsewhere -> {
                count(elsewhere.outcome());
                String location = signature.sign(
                        signing.signer().orElseThrow(), elsewhere.to().path());
                responses.redirect(context, location, elsewhere.outcome());
            }
        }
    }

    /** Whole answers only: what a level saves is told by them. Source pixels know no level. */
    private void compare(RoutingContext context, Delivery.Bytes bytes) {
        VariantAddress address = bytes.address();
        if (HttpMethod.GET.equals(context.request().method())
                && address.recipe().isPresent()
                && !context.request().headers().contains("Range")
                && !context.request().headers().contains("If-None-Match")) {
            directives
                    .place(address.collection(), address.oid())
                    .ifPresent(place -> delivered.add(place, bytes.variant().bytes()));
        }
    }

    private void fail(RoutingContext context, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException problem) {
            String outcome = problem instanceof Throttled || problem instanceof Busy ? "throttle" : problem.slug();
            count(outcome);
            responses.problem(context, problem, outcome);
            return;
        }
        LOG.errorf(cause, "%s failed", context.request().path());
        count("error");
        responses.fault(context);
    }

    private void count(String outcome) {
        counters.computeIfAbsent(outcome, token -> meters.counter("sluice.image.requests", "outcome", token))
                .increment();
    }
}
