package io.sluice.metrics.scorecard;

import static io.sluice.metrics.MetricsApi.service;
import static io.sluice.metrics.MetricsApi.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.metrics.MetricsApi;
import io.sluice.metrics.partitions.PartitionConfig;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
class ScorecardTest {
    private final Instant now = Instant.now();

    @BeforeEach
    void ready() {
        MetricsApi.awaitReady();
    }

    @Test
    void scores_each_cdn_in_each_market_by_what_clients_report() {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            outcomes.add(
                    outcome("one" + i, "swift", "m-one", "net" + i % 6, now, "\"failed\":false,\"ttfbMillis\":40"));
            outcomes.add(outcome("two" + i, "limp", "m-one", "net" + i % 6, now, "\"failed\":true"));
        }
        post(outcomes).statusCode(200).body("accepted", equalTo(120), "duplicates", equalTo(0), "stale", equalTo(0));
        viewer().get("/api/v1/cdn/scorecard?market=m-one")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].cdn", equalTo("limp"), "items[0].errorRatio", equalTo(1f))
                .body("items[0].score", equalTo(0f), "items[0].p50TtfbMillis", nullValue())
                .body("items[1].cdn", equalTo("swift"), "items[1].samples", equalTo(60))
                .body("items[1].networks", equalTo(6), "items[1].enough", equalTo(true))
                .body("items[1].availability", equalTo(1f), "items[1].p95TtfbMillis", equalTo(40f))
                .body("items[1].score", equalTo(100f));
        viewer().get("/api/v1/cdn/scorecard?market=nowhere").then().body("items", hasSize(0));
    }

    @Test
    void a_decision_has_one_vote_and_a_network_a_few() {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outcomes.add(outcome("crowd" + i, "loud", "m-two", "one-network", now, "\"failed\":true"));
        }
        post(outcomes).body("accepted", equalTo(300));
        post(outcomes).body("accepted", equalTo(0), "duplicates", equalTo(300));
        viewer().get("/api/v1/cdn/scorecard?market=m-two")
                .then()
                .body("items[0].samples", equalTo(20), "items[0].networks", equalTo(1))
                .body("items[0].enough", equalTo(false), "items[0].score", nullValue());
    }

    @Test
    void votes_on_decisions_of_long_ago_or_of_the_future_do_not_count() {
        post(List.of(
                        outcome("old", "a", "m-three", "n", now.minusSeconds(1000), "\"failed\":true"),
                        outcome("new", "a", "m-three", "n", now.plusSeconds(300), "\"failed\":true")))
                .body("accepted", equalTo(0), "stale", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"failed\":true,\"ttfbMillis\":3",
                "\"failed\":false",
                "\"failed\":false,\"ttfbMillis\":-1",
                "\"failed\":false,\"ttfbMillis\":60001",
                "\"failed\":false,\"ttfbMillis\":\"NaN\""
            })
    void a_vote_that_makes_no_sense_is_refused(String vote) {
        post(List.of(outcome("bad", "a", "m", "n", now, vote))).statusCode(400);
    }

    @Test
    void what_is_asked_wrongly_is_told_so() {
        viewer().get("/api/v1/cdn/scorecard?window=PT1S")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("PT1M to PT2H"));
        viewer().body("{\"outcomes\":[]}").post("/api/v1/cdn/outcomes").then().statusCode(403);
        service().body("{}").post("/api/v1/cdn/outcomes").then().statusCode(400);
    }

    @Test
    void the_scorecard_has_these_defaults() {
        ScorecardConfig config = new SmallRyeConfigBuilder()
                .withMapping(ScorecardConfig.class)
                .build()
                .getConfigMapping(ScorecardConfig.class);
        assertThat(config.minSamples()).isEqualTo(30);
        assertThat(config.minNetworks()).isEqualTo(5);
        assertThat(config.perNetwork()).isEqualTo(20);
        assertThat(new SmallRyeConfigBuilder()
                        .withMapping(PartitionConfig.class)
                        .build()
                        .getConfigMapping(PartitionConfig.class)
                        .cdnOutcomes())
                .isEqualTo(Duration.ofHours(3));
    }

    private static String outcome(String id, String cdn, String market, String network, Instant at, String vote) {
        return "{\"id\":\"%s\",\"at\":\"%s\",\"cdn\":\"%s\",\"market\":\"%s\",\"network\":\"%s\",%s}"
                .formatted("0123456789abcdef-" + id, at, cdn, market, network, vote);
    }

    private static ValidatableResponse post(List<String> outcomes) {
        return service()
                .body("{\"outcomes\":[" + String.join(",", outcomes) + "]}")
                .post("/api/v1/cdn/outcomes")
                .then();
    }
}
