package io.sluice.optimizer;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
@QuarkusTestResource(value = Neighbourhood.class, restrictToAnnotatedClass = true)
class BudgetsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Neighbourhood.InjectNeighbours
    @SuppressWarnings("NullAway.Init")
    WireMockServer neighbours;

    @BeforeEach
    void all_fits() {
        neighbours.resetAll();
        tell("lfs-tracker", "");
        tell("metrics-service", budget("cdn", "CDN_COST", 40, 80));
        tell("lfs-tracker", budget("lfs", "LFS_BANDWIDTH", 40, 80));
        errors(1000, 0);
        neighbours.stubFor(
                post(urlPathEqualTo("/alerting-service/api/v2/alerts")).willReturn(ok()));
        Calls.ready();
        await().atMost(SOON)
                .until(() -> axes(0f, 0f, 0f).equals(Calls.scope("global").get("axes")));
    }

    @Test
    void a_cdn_bill_over_budget_lowers_quality_and_says_so() {
        tell("metrics-service", budget("cdn", "CDN_COST", 71, 112));

        await().atMost(SOON).until(() -> level("egress") > 1.8);
        assertThat(level("egress")).isBetween(1.85f, 2.05f);
        assertThat(level("origin")).isZero();
        Calls.viewer().get("/api/v1/status").then().body("scopes[0].reason.code", equalTo("CDN_COST_PROJECTED"));
        Calls.viewer()
                .get("/api/v1/decisions?limit=50")
                .then()
                .body("items.gate", hasItem("CHANGED"))
                .body("items.binding", hasItem("cdn"));
        String decision = Calls.viewer()
                .get("/api/v1/decisions?limit=50")
                .jsonPath()
                .getString("items.find { it.binding == 'cdn' && it.level > 0 }.id");
        Calls.viewer()
                .get("/api/v1/decisions/" + decision)
                .then()
                .statusCode(200)
                .body("limiting", equalTo(true))
                .body("counterfactual[0].share", equalTo(1.12f))
                .body("counterfactual[4].level", equalTo(4));
        await().atMost(SOON)
                .untilAsserted(
                        () -> neighbours.verify(postRequestedFor(urlPathEqualTo("/alerting-service/api/v2/alerts"))
                                .withRequestBody(containing("OptimizerAxisRaised"))));

        tell("metrics-service", budget("cdn", "CDN_COST", 71, 80));
        await().atMost(SOON).until(() -> level("egress") == 0);
    }

    @Test
    void a_github_bill_at_ninety_percent_raises_origin_and_leaves_quality_alone() {
        tell("lfs-tracker", budget("lfs", "LFS_BANDWIDTH", 92, 140));

        await().atMost(SOON).until(() -> level("origin") > 1);
        assertThat(level("egress")).isZero();
    }

    @Test
    void holds_its_level_while_a_neighbour_is_away_or_talks_nonsense() {
        tell("metrics-service", budget("cdn", "CDN_COST", 71, 112));
        await().atMost(SOON).until(() -> level("egress") > 1.8);

        neighbours.stubFor(
                get(urlPathEqualTo("/metrics-service/api/v1/budgets")).willReturn(serverError()));
        gateOf("cdn", "MISSING");
        tell("metrics-service", "{\"id\":\"cdn\",\"used\":\"NaN\"}");
        gateOf("cdn", "MISSING");
        assertThat(level("egress")).isGreaterThan(1.8f);
    }

    @Test
    void errors_raise_availability() {
        errors(1000, 0.2);
        await().atMost(SOON).until(() -> level("availability") == 2);
        errors(1000, 0.001);
        await().atMost(SOON).until(() -> level("availability") == 0);
    }

    private static void gateOf(String budget, String gate) {
        await().atMost(SOON)
                .until(() -> gate.equals(Calls.viewer()
                        .get("/api/v1/decisions?limit=50")
                        .jsonPath()
                        .getString("items.find { it.binding == '" + budget + "' }.gate")));
    }

    private static float level(String axis) {
        return Calls.scope("global").get("axes") instanceof Map<?, ?> axes && axes.get(axis) instanceof Number number
                ? number.floatValue()
                : -1;
    }

    private static Map<String, Object> axes(float egress, float origin, float availability) {
        return Map.of("egress", egress, "origin", origin, "compute", 0f, "availability", availability);
    }

    private void tell(String neighbour, String budget) {
        neighbours.stubFor(get(urlPathEqualTo("/" + neighbour + "/api/v1/budgets"))
                .willReturn(jsonResponse("{\"items\":[" + budget + "]}", 200)));
    }

    private void errors(long requests, double ratio) {
        neighbours.stubFor(get(urlPathEqualTo("/metrics-service/api/v1/cdn/health-signals"))
                .willReturn(jsonResponse(
                        "{\"items\":[{\"cdn\":\"edge-a\",\"requests\":" + requests + ",\"errorRatio\":" + ratio + "}]}",
                        200)));
    }

    private static String budget(String id, String kind, double used, double projected) {
        Instant now = Instant.now();
        return """
                {"id":"%s","kind":"%s","scope":"global","owner":"acme","unit":"USD","limit":"100","used":"%s",
                 "usedAt":"%s","source":"LIVE","periodStart":"%s","periodEnd":"%s",
                 "projected":{"p10":"%s","p50":"%s","p90":"%s"},"basis":"test"}""".formatted(
                        id,
                        kind,
                        used,
                        now,
                        now.minus(Duration.ofDays(20)),
                        now.plus(Duration.ofDays(10)),
                        projected,
                        projected,
                        projected);
    }
}
