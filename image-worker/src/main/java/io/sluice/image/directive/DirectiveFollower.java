package io.sluice.image.directive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.contracts.directive.StreamHeartbeat;
import io.sluice.contracts.directive.WorkerRegistration;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.neighbour.Neighbours;
import io.sluice.platform.stream.ReconciledStream;
import io.sluice.platform.stream.ServerSentEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows optimizer-service: registers, takes directives in, acknowledges each, keeps leases alive. */
@ApplicationScoped
@RegisterForReflection(
        targets = {
            Ack.class,
            Directive.class,
            DirectiveSet.class,
            SignedDirective.class,
            StreamHeartbeat.class,
            WorkerRegistration.class,
            HeldDirectives.class,
            DirectiveInbox.Held.class
        })
class DirectiveFollower {
    private static final Logger LOG = Logger.getLogger(DirectiveFollower.class);
    private static final String OPTIMIZER = "optimizer-service";
    private static final Duration SILENCE = Duration.ofSeconds(25);
    private static final Duration RECONCILE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Neighbours neighbours;
    private final RandomGenerator random;
    private final NanoClock clock;
    private final ObjectMapper json;
    private final DirectiveInbox inbox;
    private final DirectiveFile file;
    private final WorkerRegistration registration;
    private @Nullable ReconciledStream stream;

    DirectiveFollower(
            Vertx vertx,
            Neighbours neighbours,
            RandomGenerator random,
            NanoClock clock,
            ObjectMapper json,
            DirectiveInForce inForce,
            DirectiveFile file,
            ReceiverConfig config,
            EncoderProfile profile,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.vertx = vertx;
        this.neighbours = neighbours;
        this.random = random;
        this.clock = clock;
        this.json = json;
        this.inbox = inForce.inbox();
        this.file = file;
        this.registration = new WorkerRegistration(
                config.workerId(),
                UUID.randomUUID().toString(),
                "image-worker",
                version,
                List.of(profile.id()),
                Acknowledgement.LEVERS);
    }

    void start(@Observes StartupEvent event) {
        file.restoreInto(inbox, clock.nanos());
        if (neighbours.url(OPTIMIZER).isEmpty()) {
            return;
        }
        ReconciledStream opened = new ReconciledStream(
                vertx,
                neighbours,
                random,
                new ReconciledStream.Options(
                        OPTIMIZER,
                        "/api/v1/workers",
                        () -> text(registration),
                        "/api/v1/directives/stream?worker=" + registration.id(),
                        "/api/v1/directives?worker=" + registration.id(),
                        SILENCE,
                        RECONCILE),
                this::event,
                this::whole);
        stream = opened;
        opened.open();
    }

    void stop(@Observes ShutdownEvent event) {
        if (stream != null) {
            stream.close();
        }
    }

    /** The age of leases goes to disk, too, so that a restart neither renews nor ends one. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void save() {
        file.save(inbox.save(clock.nanos()));
    }

    private void event(ServerSentEvent event) {
        switch (event.name()) {
            case "directive" -> take(parse(event.data(), SignedDirective.class));
            case "heartbeat" -> {
                if (!inbox.heartbeat(parse(event.data(), StreamHeartbeat.class), clock.nanos()) && stream != null) {
                    stream.reconcile();
                }
            }
            default -> LOG.debugf("event %s", event.name());
        }
    }

    private void whole(String body) {
        parse(body, DirectiveSet.class).items().forEach(this::take);
    }

    private void take(SignedDirective signed) {
        DirectiveInbox.Receipt receipt = inbox.offer(signed, clock.nanos());
        Directive directive = receipt.directive();
        if (directive == null) {
            LOG.errorf("a directive was refused: %s", receipt.message());
            return;
        }
        if (receipt.held()) {
            acknowledge(Acknowledgement.received(directive, registration.bootId()));
        } else {
            LOG.warnf("directive %d-%d refused: %s", directive.epoch(), directive.generation(), receipt.message());
        }
        acknowledge(Acknowledgement.of(receipt, directive, unknown(signed), registration.bootId()));
    }

    /** Read once more as it came: a record has lost what it does not know. */
    private List<String> unknown(SignedDirective signed) {
        try {
            return UnknownLevers.in(json.readTree(Base64.getUrlDecoder().decode(signed.payload())));
        } catch (IOException e) {
            return List.of(); // it was read before, else there would be nothing to acknowledge
        }
    }

    private void acknowledge(Ack ack) {
        neighbours
                .call(
                        OPTIMIZER,
                        HttpMethod.POST,
                        "/api/v1/workers/" + registration.id() + "/acks",
                        Map.of(),
                        Buffer.buffer(text(ack)),
                        Duration.ofSeconds(5))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .atMost(5)
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() >= 300) {
                                LOG.warnf("acknowledgement answered %d", response.statusCode());
                            }
                        },
                        failure -> LOG.warnf("acknowledgement lost: %s", failure.getMessage()));
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a " + type.getSimpleName(), e);
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
