package io.sluice.optimizer;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToIgnoreCase;
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
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

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
    private static final String DELIVERED = "/metrics-service/api/v1/metrics/sluice.image.delivered.bytes/series";
    private static final Duration SOON = Duration.ofSeconds(30);

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
                .body("counterfactual[0].share", greaterThan(1.11f))
                .body("counterfactual[0].share", lessThan(1.13f))
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

    @Test
    void a_policy_in_the_shadow_decides_and_publishes_nothing_until_it_is_made_active() {
        mode("cdn-cost", "SHADOW");
        try {
            tell("metrics-service", budget("cdn", "CDN_COST", 71, 112));
            await().atMost(SOON).until(() -> shadowLevel("cdn-cost") > 1.8);
            assertThat(level("egress")).isZero();
            String decision = Calls.viewer()
                    .get("/api/v1/decisions?policy=cdn-cost&shadow=true&limit=1")
                    .jsonPath()
                    .getString("items[0].id");
            Calls.viewer()
                    .get("/api/v1/decisions/" + decision)
                    .then()
                    .body("decision.shadow", equalTo(true))
                    .body("counterfactual.size()", equalTo(5));
        } finally {
            mode("cdn-cost", "ACTIVE");
        }
        await().atMost(SOON).until(() -> level("egress") > 1.8);
    }

    @Test
    void a_shadow_is_compared_with_what_was_published() {
        Map<String, Object> gentle = Map.of(
                "id",
                "gentle",
                "kind",
                "CDN_COST",
                "pacing",
                Map.of("kappa", 0, "activateAt", 1, "releaseBelow", 1, "minChange", 0.5, "staleAfter", "PT6H"));
        Calls.operator()
                .body(gentle)
                .post("/api/v1/policies")
                .then()
                .statusCode(201)
                .body("mode", equalTo("SHADOW"));
        try {
            Calls.operator().body(gentle).post("/api/v1/policies").then().statusCode(409);
            tell("metrics-service", budget("cdn", "CDN_COST", 71, 112));
            await().atMost(SOON).until(() -> level("egress") > 1.8);
            await().atMost(SOON)
                    .untilAsserted(() -> Calls.viewer()
                            .get("/api/v1/policies/gentle/comparison")
                            .then()
                            .statusCode(200)
                            .body("signals[0].signal", equalTo("cdn"))
                            .body("signals[0].policy.highestLevel", equalTo(0f))
                            .body("signals[0].published.highestLevel", greaterThan(1.8f)));
        } finally {
            Calls.operator().delete("/api/v1/policies/gentle").then().statusCode(204);
        }
        Calls.operator().delete("/api/v1/policies/cdn-cost").then().statusCode(409);
        Calls.operator().delete("/api/v1/policies/gentle").then().statusCode(404);
    }

    @Test
    void a_policy_that_is_not_whole_is_refused() {
        for (String body : new String[] {
            "{}",
            "{\"id\":\"Bad Id\",\"kind\":\"CDN_COST\"}",
            "{\"id\":\"x\",\"kind\":\"WEATHER\"}",
            "{\"id\":\"x\",\"kind\":\"CDN_COST\",\"pacing\":{\"kappa\":-1,\"activateAt\":2,\"releaseBelow\":1,\"minChange\":0,"
                    + "\"staleAfter\":\"PT0S\"}}"
        }) {
            Calls.operator().body(body).post("/api/v1/policies").then().statusCode(400);
        }
        Calls.viewer().get("/api/v1/policies/none/comparison").then().statusCode(404);
        Calls.viewer()
                .get("/api/v1/policies/cdn-cost/comparison?from=yesterday")
                .then()
                .statusCode(400);
        Calls.viewer()
                .get("/api/v1/policies/cdn-cost/comparison?from=2020-01-01T00:00:00Z")
                .then()
                .statusCode(400);
    }

    @Test
    void savings_are_those_that_were_measured_against_the_keys_held_back() {
        delivered("holdback", 100_000);
        delivered("level-1", 81_000);
        delivered("level-2", 60_000);
        neighbours.stubFor(get(urlPathEqualTo(DELIVERED))
                .withQueryParam("filter", equalToIgnoreCase("keys:level-4"))
                .willReturn(jsonResponse("{}", 404)));
        delivered("level-3", -1);
        Calls.viewer()
                .get("/api/v1/savings?from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z")
                .then()
                .statusCode(200)
                .body("heldBackResponses", equalTo(1600))
                .body("levels[0].realised", greaterThan(0.18f))
                .body("levels[0].agrees", equalTo(false))
                .body("levels[1].predicted", equalTo(0.30f))
                .body("levels[3].realised", equalTo(null));
        neighbours.stubFor(get(urlPathEqualTo(DELIVERED)).willReturn(serverError()));
        Calls.viewer()
                .get("/api/v1/savings")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("type", equalTo("/problems/metrics-away"));
        for (String query : new String[] {"?from=now", "?to=1", "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"}) {
            Calls.viewer().get("/api/v1/savings" + query).then().statusCode(400);
        }
    }

    private void delivered(String keys, double mean) {
        StringBuilder lines = new StringBuilder();
        for (int slice = 0; slice < 16; slice++) {
            lines.append(slice == 0 ? "" : ",")
                    .append("{\"labels\":{\"slice\":\"" + slice + "\"},\"points\":[{\"count\":100,\"sum\":" + mean * 100
                            + "}]}");
        }
        neighbours.stubFor(get(urlPathEqualTo(DELIVERED))
                .withQueryParam("filter", equalToIgnoreCase("keys:" + keys))
                .willReturn(jsonResponse("{\"series\":[" + lines + "]}", 200)));
    }

    private static void mode(String policy, String mode) {
        String etag = Calls.viewer().get("/api/v1/policies/" + policy).getHeader("ETag");
        Calls.operator()
                .header("If-Match", etag)
                .body(Map.of("mode", mode))
                .put("/api/v1/policies/" + policy)
                .then()
                .statusCode(200)
                .body("mode", equalTo(mode));
    }

    private static float shadowLevel(String policy) {
        Float level = Calls.viewer()
                .get("/api/v1/decisions?shadow=true&limit=1&policy=" + policy)
                .jsonPath()
                .get("items[0].level");
        return level == null ? -1 : level;
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
