package io.sluice.image.delivery;

import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    private final InstantSource clock;
    private final MeterRegistry meters;

    VariantHandler(
            Signing signing,
            Deliveries deliveries,
            DirectiveInForce directives,
            VariantResponses responses,
            VariantUse use,
            InstantSource clock,
            MeterRegistry meters) {
        this.signing = signing;
        this.deliveries = deliveries;
        this.directives = directives;
        this.responses = responses;
        this.use = use;
        this.clock = clock;
        this.meters = meters;
    }

    void register(@Observes Router router) {
        router.route("/v/canary").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(responses::canary);
        router.route("/v/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::handle);
        router.route("/v/*").handler(responses::method);
    }

    private void handle(RoutingContext context) {
        String path = Objects.requireNonNullElse(context.request().path(), "");
        SignedRequest signature = SignedRequest.of(context.request().params());
        Verdict verdict = signature.check(signing.signer(), path, clock.instant());
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
        directives
                .label(address.collection())
                .ifPresent(label -> context.response().putHeader("Sluice-Directive", label));
        Optional<Delivery> known;
        try {
            known = deliveries.atOnce(address);
        } catch (ProblemException refused) {
            fail(context, refused);
            return;
        }
        if (known.isPresent()) {
            answer(context, signature, known.get());
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
        meters.counter("sluice.image.requests", "outcome", outcome).increment();
    }
}
