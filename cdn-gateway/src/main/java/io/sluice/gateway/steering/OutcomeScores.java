package io.sluice.gateway.steering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.outcome.CdnScore;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scores that metrics-service makes of clients' votes, as of one moment; those with too few votes are left out. Immutable. */
@RegisterForReflection(targets = CdnScore.class)
final class OutcomeScores {
    /** Nobody voted. */
    static final OutcomeScores NONE = new OutcomeScores(Instant.EPOCH, Map.of());

    private final Instant at;
    private final Map<String, Measured> measured;

    private OutcomeScores(Instant at, Map<String, Measured> measured) {
        this.at = at;
        this.measured = measured;
    }

    /** @throws JsonProcessingException when the body is none of a scorecard */
    static OutcomeScores read(String body, Instant at, ObjectMapper json) throws JsonProcessingException {
        Map<String, Measured> measured = new HashMap<>();
        for (JsonNode item : json.readTree(body).path("items")) {
            CdnScore score = json.treeToValue(item, CdnScore.class);
            if (score.enough()) {
                // A CDN that only fails is as slow as can be.
                double ttfb = score.p75TtfbMillis() == null ? Double.MAX_VALUE : score.p75TtfbMillis();
                measured.put(key(score.market(), score.cdn()), new Measured(ttfb, score.errorRatio(), score.samples()));
            }
        }
        return new OutcomeScores(at, Map.copyOf(measured));
    }

    /** What is known of a CDN in a market; null when it is too little, or older than {@code age}. */
    @Nullable
    Measured of(String market, String cdn, Instant now, Duration age) {
        return at.isBefore(now.minus(age)) ? null : measured.get(key(market, cdn));
    }

    private static String key(String market, String cdn) {
        return market + "/" + cdn;
    }
}
