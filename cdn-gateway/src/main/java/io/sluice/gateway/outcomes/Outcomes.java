package io.sluice.gateway.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.outcome.CdnOutcome;
import io.sluice.contracts.outcome.OutcomeBatch;
import io.sluice.gateway.outcomes.DecisionIds.DecisionId;
import io.sluice.platform.neighbour.Neighbours;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes votes and hands them on to metrics-service in batches; what it could not take is sent again. */
@Singleton
@RegisterForReflection(targets = {OutcomeBatch.class, CdnOutcome.class})
public class Outcomes {
    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    private static final String METRICS = "metrics-service";
    private static final int MAX_BATCH = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DecisionIds ids;
    private final OutcomesConfig config;
    private final Neighbours neighbours;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Ballot ballot;
    private final LinkedBlockingDeque<CdnOutcome> waiting;
    private final AtomicBoolean sending = new AtomicBoolean();
    private long timer = -1;

    Outcomes(
            DecisionIds ids,
            OutcomesConfig config,
            Neighbours neighbours,
            Vertx vertx,
            ObjectMapper json,
            InstantSource clock,
            MeterRegistry meters) {
        this.ids = ids;
        this.config = config;
        this.neighbours = neighbours;
        this.vertx = vertx;
        this.json = json;
        this.clock = clock;
        this.meters = meters;
        this.ballot = new Ballot((int) config.maxAge().toMinutes(), config.perNetwork());
        this.waiting = new LinkedBlockingDeque<>(config.maxWaiting());
        Gauge.builder("sluice.gateway.outcomes.waiting", waiting, LinkedBlockingDeque::size)
                .description("votes that metrics-service has not taken yet")
                .register(meters);
    }

    /** Whether votes are taken, so that ids are worth giving out. */
    public boolean taken() {
        return config.enabled() && neighbours.url(METRICS).isPresent();
    }

    /** Whether a page of this origin may vote; null for a client that is no page. */
    public boolean allows(@Nullable String origin) {
        return origin == null
                || config.origins().map(origins -> origins.contains(origin)).orElse(true);
    }

    /**
     * Takes a vote.
     *
     * @param id of the decision, as this service gave it out
     * @param failed whether the client got no image
     * @param ttfbMillis time to first byte; null when it failed
     */
    public Verdict take(String id, boolean failed, @Nullable Integer ttfbMillis) {
        Verdict verdict = judged(id, failed, ttfbMillis);
        meters.counter("sluice.gateway.outcomes", "verdict", verdict.name()).increment();
        return verdict;
    }

    void start(@Observes StartupEvent event) {
        if (taken()) {
            timer = vertx.setPeriodic(Math.max(1, config.handOn().toMillis()), ignored -> handOn());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private Verdict judged(String id, boolean failed, @Nullable Integer ttfbMillis) {
        DecisionId decision = ids.read(id);
        if (decision == null) {
            return Verdict.FORGED;
        }
        CdnOutcome outcome;
        try {
            outcome = new CdnOutcome(
                    decision.token(),
                    Instant.ofEpochSecond(decision.minute() * 60L),
                    decision.cdn(),
                    decision.market(),
                    Long.toHexString(decision.network()),
                    failed,
                    ttfbMillis);
        } catch (IllegalArgumentException e) {
            return Verdict.IMPLAUSIBLE;
        }
        Verdict verdict = ballot.cast(decision, clock.millis() / 60_000);
        return verdict == Verdict.COUNTED && !waiting.offerLast(outcome) ? Verdict.TOO_MANY : verdict;
    }

    private void handOn() {
        if (waiting.isEmpty() || !sending.compareAndSet(false, true)) {
            return;
        }
        List<CdnOutcome> batch = new ArrayList<>();
        waiting.drainTo(batch, MAX_BATCH);
        neighbours
                .call(METRICS, HttpMethod.POST, "/api/v1/cdn/outcomes", Map.of(), body(batch), TIMEOUT)
                .onTermination()
                .invoke(() -> sending.set(false))
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() >= 500) {
                                keep(batch, "status " + response.statusCode());
                            } else if (response.statusCode() != 200) {
                                LOG.errorf("metrics-service refuses votes: status %d", response.statusCode());
                            }
                        },
                        failure -> keep(batch, String.valueOf(failure.getMessage())));
    }

    /** A batch that arrived after all is harmless: a decision has one vote there. */
    private void keep(List<CdnOutcome> batch, String reason) {
        LOG.debugf("%d votes wait: %s", batch.size(), reason);
        batch.forEach(waiting::offerLast);
    }

    private Buffer body(List<CdnOutcome> batch) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(new OutcomeBatch(batch)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("votes cannot be written", e);
        }
    }
}
