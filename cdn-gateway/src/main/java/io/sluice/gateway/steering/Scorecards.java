package io.sluice.gateway.steering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.Markets;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import io.sluice.platform.neighbour.Neighbours;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How each CDN did in each market in the last ten minutes, as metrics-service has it: from the votes of clients where there are
 * enough, else how fast it was from samples. What is older than that is forgotten: nobody is kept out for a measurement of
 * yesterday.
 */
@Singleton
public class Scorecards {
    private static final Logger LOG = Logger.getLogger(Scorecards.class);
    private static final String METRICS = "metrics-service";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Neighbours neighbours;
    private final Markets markets;
    private final SteeringConfig config;
    private final InstantSource clock;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final Map<String, Scorecard> byMarket = new ConcurrentHashMap<>();
    private volatile OutcomeScores voted = OutcomeScores.NONE;
    private long timer = -1;

    private record Scorecard(Instant at, Map<String, Measured> byCdn) {}

    Scorecards(
            Neighbours neighbours,
            Markets markets,
            SteeringConfig config,
            InstantSource clock,
            Vertx vertx,
            ObjectMapper json) {
        this.neighbours = neighbours;
        this.markets = markets;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        this.json = json;
    }

    /** What was measured of a CDN in a market; null when it is too little to judge by. */
    public @Nullable Measured of(String market, String cdn) {
        Measured byVotes = voted.of(market, cdn, clock.instant(), WINDOW);
        return byVotes == null ? bySamples(market, cdn) : byVotes;
    }

    private @Nullable Measured bySamples(String market, String cdn) {
        Scorecard card = byMarket.get(market);
        if (card == null || card.at().isBefore(clock.instant().minus(WINDOW))) {
            return null;
        }
        Measured measured = card.byCdn().get(cdn);
        return measured == null || measured.samples() < config.minSamples() ? null : measured;
    }

    /** Ratio of errors that is no reason against a CDN. */
    public double errorObjective() {
        return config.errorObjective();
    }

    /** What the origin may serve above its usual load, Mbit/s; infinite without a limit. */
    public double originMbps() {
        return config.originMbps().orElse(Double.POSITIVE_INFINITY);
    }

    void start(@Observes StartupEvent event) {
        if (neighbours.url(METRICS).isPresent()) {
            long pause = Math.max(1, config.scorecardInterval().toMillis());
            timer = vertx.setPeriodic(1000, pause, ignored -> {
                markets.all().forEach(this::ask);
                askForVotes();
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void ask(Market market) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String path = "/api/v1/metrics/" + URLEncoder.encode(config.ttfbMetric(), StandardCharsets.UTF_8)
                + "/percentiles?q=0.75&by=cdn&filter=market:" + market.name() + "&from=" + now.minus(WINDOW) + "&to="
                + now;
        neighbours
                .call(METRICS, HttpMethod.GET, path, Map.of(), null, TIMEOUT)
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() == 200) {
                                byMarket.put(
                                        market.name(),
                                        new Scorecard(now, read(String.valueOf(response.bodyAsString()))));
                            }
                        },
                        failure -> LOG.debugf("no scorecard of %s: %s", market.name(), failure.getMessage()));
    }

    private void askForVotes() {
        Instant now = clock.instant();
        neighbours
                .call(METRICS, HttpMethod.GET, "/api/v1/cdn/scorecard?window=" + WINDOW, Map.of(), null, TIMEOUT)
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() == 200) {
                                adopt(String.valueOf(response.bodyAsString()), now);
                            }
                        },
                        failure -> LOG.debugf("no votes: %s", failure.getMessage()));
    }

    private void adopt(String body, Instant now) {
        try {
            voted = OutcomeScores.read(body, now, json);
        } catch (JsonProcessingException e) {
            LOG.warnf("the scorecard of metrics-service cannot be read: %s", e.getMessage());
        }
    }

    private Map<String, Measured> read(String body) {
        Map<String, Measured> byCdn = new HashMap<>();
        try {
            for (JsonNode line : json.readTree(body).path("series")) {
                JsonNode point = line.path("points").path(0);
                byCdn.put(
                        line.path("labels").path("cdn").asText(),
                        new Measured(
                                point.path("values").path(0).asDouble() * 1000,
                                0,
                                point.path("count").asLong()));
            }
        } catch (JsonProcessingException e) {
            LOG.debugf("a scorecard cannot be read: %s", e.getMessage());
        }
        return byCdn;
    }
}
