package io.sluice.lfs.thresholds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.alert.PostableAlert;
import io.sluice.contracts.budget.Budget;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.lfs.billing.BillingPoller.FiguresChanged;
import io.sluice.lfs.budgets.BudgetBook;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Compares the budgets with their thresholds, notes what was passed in PostgreSQL, and tells alerting-service: what holds again
 * and again, as Prometheus does, and what was resolved until it is taken. While alerting-service or PostgreSQL is away, the next
 * look does it.
 */
@ApplicationScoped
@RegisterForReflection(targets = PostableAlert.class)
class ThresholdWatch {
    private static final Logger LOG = Logger.getLogger(ThresholdWatch.class);
    private static final String ALERTING = "alerting-service";

    private final BudgetBook book;
    private final QuotaAlertStore store;
    private final Neighbours neighbours;
    private final GithubConfig github;
    private final ThresholdsConfig config;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final AtomicInteger unsettled = new AtomicInteger();

    ThresholdWatch(
            BudgetBook book,
            QuotaAlertStore store,
            Neighbours neighbours,
            GithubConfig github,
            ThresholdsConfig config,
            ObjectMapper json,
            InstantSource clock,
            MeterRegistry meters) {
        this.book = book;
        this.store = store;
        this.neighbours = neighbours;
        this.github = github;
        this.config = config;
        this.json = json;
        this.clock = clock;
        meters.gauge("sluice.lfs.alerts.unsettled", unsettled);
    }

    @Scheduled(every = "${sluice.lfs.thresholds.tick}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return look().onFailure()
                .invoke(failure -> LOG.warnf("thresholds wait: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    void figuresChanged(@Observes FiguresChanged event) {
        tick().subscribe().with(done -> LOG.debug("thresholds follow new figures"));
    }

    /** Notes what holds now, then sends what is unsettled. */
    Uni<Void> look() {
        if (github.organisation().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String organisation = github.organisation().get();
        Instant now = clock.instant();
        return book.budgets()
                .chain(budgets -> store.hold(organisation, holding(budgets, now), now))
                .chain(() -> store.unsettled(organisation))
                .invoke(alerts -> unsettled.set(alerts.size()))
                .chain(alerts -> alerts.isEmpty() ? Uni.createFrom().voidItem() : send(organisation, alerts, now));
    }

    private Uni<Void> send(String organisation, List<QuotaAlert> alerts, Instant now) {
        if (neighbours.url(ALERTING).isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Buffer body = Buffer.buffer(bytes(alerts.stream()
                .map(alert -> alert.postable(config.runbookUrl()))
                .toList()));
        return neighbours
                .call(ALERTING, HttpMethod.POST, "/api/v2/alerts", Map.of(), body, config.timeout())
                .chain(response -> {
                    if (response.statusCode() / 100 == 2) {
                        return store.settle(organisation, now, now);
                    }
                    LOG.warnf("alerting-service answered %d; the alerts are sent again", response.statusCode());
                    return Uni.createFrom().voidItem();
                });
    }

    private static List<QuotaAlert> holding(List<Budget> budgets, Instant now) {
        return budgets.stream()
                .flatMap(budget ->
                        Threshold.reached(budget).stream().map(threshold -> QuotaAlert.fired(budget, threshold, now)))
                .toList();
    }

    private byte[] bytes(List<PostableAlert> alerts) {
        try {
            return json.writeValueAsBytes(alerts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("alerts are plain records", e);
        }
    }
}
