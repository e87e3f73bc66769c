package io.sluice.gateway.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Asks metrics-service what each CDN has served this month, and lfs-tracker whether its quota will do. When they are away, what
 * was known last is used.
 */
@Singleton
public class UsageWatch {
    private static final Logger LOG = Logger.getLogger(UsageWatch.class);
    private static final String METRICS = "metrics-service";
    private static final String LFS = "lfs-tracker";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final Neighbours neighbours;
    private final Contracts contracts;
    private final PricingConfig config;
    private final InstantSource clock;
    private final Vertx vertx;
    private final ObjectMapper json;
    private volatile Usage current = Usage.UNKNOWN;
    private long timer = -1;

    UsageWatch(
            Neighbours neighbours,
            Contracts contracts,
            PricingConfig config,
            InstantSource clock,
            Vertx vertx,
            ObjectMapper json) {
        this.neighbours = neighbours;
        this.contracts = contracts;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        this.json = json;
    }

    /** What was known last. */
    public Usage current() {
        return current;
    }

    /** What a GB from the origin costs beyond the quota. */
    public double originPerGb() {
        return config.originPerGb();
    }

    void start(@Observes StartupEvent event) {
        if (neighbours.url(METRICS).isPresent()) {
            timer = vertx.setPeriodic(1000, Math.max(1, config.usageInterval().toMillis()), ignored -> ask());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void ask() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Uni<JsonNode> hours =
                get(METRICS, "/api/v1/cdn/usage/series?step=PT1H&from=" + UsageReading.monthStart(now) + "&to=" + now);
        Uni<JsonNode> lately = get(METRICS, "/api/v1/cdn/usage?from=" + now.minus(LATELY) + "&to=" + now);
        Uni<JsonNode> budgets = neighbours.url(LFS).isPresent()
                ? get(LFS, "/api/v1/budgets").onFailure().recoverWithItem(MissingNode::getInstance)
                : Uni.createFrom().item(MissingNode.getInstance());
        Uni.combine()
                .all()
                .unis(hours, lately, budgets)
                .asTuple()
                .subscribe()
                .with(
                        all -> current =
                                UsageReading.of(now, all.getItem1(), all.getItem2(), all.getItem3(), commits()),
                        failure -> LOG.debugf("usage is not known anew: %s", failure.getMessage()));
    }

    private Map<String, Double> commits() {
        Map<String, Double> commits = new HashMap<>();
        contracts.byCdn().forEach((cdn, contract) -> {
            Contract.PercentileCommit percentile = contract.percentile();
            if (percentile != null) {
                commits.put(cdn, percentile.mbps());
            }
        });
        return commits;
    }

    private Uni<JsonNode> get(String neighbour, String path) {
        return neighbours
                .call(neighbour, HttpMethod.GET, path, Map.of(), null, TIMEOUT)
                .map(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException(neighbour + " answers " + response.statusCode());
                    }
                    try {
                        return json.readTree(String.valueOf(response.bodyAsString()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
