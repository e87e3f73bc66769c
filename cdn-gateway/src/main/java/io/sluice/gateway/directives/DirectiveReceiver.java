package io.sluice.gateway.directives;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.contracts.directive.DirectiveSet;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.contracts.directive.StreamHeartbeat;
import io.sluice.contracts.directive.WorkerRegistration;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.neighbour.Neighbours;
import io.sluice.platform.stream.ReconciledStream;
import io.sluice.platform.stream.ServerSentEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the optimizer's directives, acknowledges each, and keeps them on disk. */
@ApplicationScoped
@RegisterForReflection(
        targets = {Ack.class, DirectiveSet.class, SignedDirective.class, StreamHeartbeat.class, WorkerRegistration.class
        })
class DirectiveReceiver {
    private static final Logger LOG = Logger.getLogger(DirectiveReceiver.class);
    private static final String OPTIMIZER = "optimizer-service";
    private static final String SERVICE = "cdn-gateway";
    private static final List<String> LEVERS = List.of("quality", "formats", "dimension", "dpr", "cache");
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

    private final DirectiveInbox inbox;
    private final DirectivesConfig config;
    private final Neighbours neighbours;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final NanoClock nanos;
    private final RandomGenerator random;
    private final HeldDirectives held;
    private final String version;
    private final String bootId = UUID.randomUUID().toString();
    private @Nullable ReconciledStream stream;

    DirectiveReceiver(
            Directives directives,
            DirectivesConfig config,
            Neighbours neighbours,
            Vertx vertx,
            ObjectMapper json,
            NanoClock nanos,
            RandomGenerator random,
            HeldDirectives held,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.inbox = directives.inbox();
        this.config = config;
        this.neighbours = neighbours;
        this.vertx = vertx;
        this.json = json;
        this.nanos = nanos;
        this.random = random;
        this.held = held;
        this.version = version;
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        held.restore(inbox);
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
                        this::registration,
                        "/api/v1/directives/stream?worker=" + config.workerId(),
                        "/api/v1/directives?worker=" + config.workerId(),
                        config.silence(),
                        config.reconcile()),
                this::take,
                this::takeAll);
        stream = opened;
        opened.open();
    }

    void stop(@Observes ShutdownEvent event) {
        ReconciledStream open = stream;
        if (open != null) {
            open.close();
        }
        held.save(inbox);
    }

    private void take(ServerSentEvent event) {
        try {
            switch (event.name()) {
                case "directive" -> offer(json.readValue(event.data(), SignedDirective.class));
                case "heartbeat" -> {
                    StreamHeartbeat beat = json.readValue(event.data(), StreamHeartbeat.class);
                    ReconciledStream open = stream;
                    if (!inbox.heartbeat(beat, nanos.nanos()) && open != null) {
                        open.reconcile();
                    }
                    held.saveSoon(inbox);
                }
                default -> {
                    // The hello, or what a later version sends.
                }
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("event %s of the optimizer cannot be read: %s", event.name(), e.getOriginalMessage());
        }
    }

    private void takeAll(String state) {
        try {
            json.readValue(state, DirectiveSet.class).items().forEach(this::offer);
        } catch (JsonProcessingException e) {
            LOG.warnf("the optimizer's directives cannot be read: %s", e.getOriginalMessage());
        }
    }

    private void offer(SignedDirective signed) {
        DirectiveInbox.Receipt receipt = inbox.offer(signed, nanos.nanos());
        Directive directive = receipt.directive();
        if (directive == null) {
            LOG.errorf("a directive was refused: %s", receipt.message());
            return;
        }
        if (receipt.held()) {
            LOG.infof(
                    "directive %s %d-%d: %s",
                    directive.scope(),
                    directive.epoch(),
                    directive.generation(),
                    directive.reason().text());
            held.saveSoon(inbox);
        } else {
            LOG.warnf("directive %s was refused: %s", directive.id(), receipt.message());
        }
        acknowledge(directive, receipt);
    }

    private void acknowledge(Directive directive, DirectiveInbox.Receipt receipt) {
        List<String> ignored = receipt.held() ? ignored(directive) : List.of();
        Ack.Status status =
                !receipt.held() ? Ack.Status.REJECTED : ignored.isEmpty() ? Ack.Status.APPLIED : Ack.Status.PARTIAL;
        String message = !receipt.held()
                ? receipt.message()
                : ignored.isEmpty() ? null : "the gateway has no lever for " + String.join(", ", ignored);
        Ack ack = new Ack(
                bootId,
                directive.scope(),
                directive.epoch(),
                directive.generation(),
                directive.contentHash(),
                status,
                ignored,
                message);
        neighbours
                .call(
                        OPTIMIZER,
                        HttpMethod.POST,
                        "/api/v1/workers/" + config.workerId() + "/acks",
                        Map.of(),
                        Buffer.buffer(write(ack)),
                        ACK_TIMEOUT)
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() >= 300) {
                                LOG.warnf("the acknowledgement was answered %d", response.statusCode());
                            }
                        },
                        failure -> LOG.warnf("the acknowledgement did not arrive: %s", failure.getMessage()));
    }

    private static List<String> ignored(Directive directive) {
        List<String> ignored = new ArrayList<>();
        if (directive.throttle() != null) {
            ignored.add("throttle");
        }
        if (!directive.disabledFeatures().isEmpty()) {
            ignored.add("features");
        }
        return ignored;
    }

    private String registration() {
        return write(new WorkerRegistration(config.workerId(), bootId, SERVICE, version, List.of(), LEVERS));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }
}
