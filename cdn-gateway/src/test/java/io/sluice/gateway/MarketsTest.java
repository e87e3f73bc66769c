package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markets, contracts and explanations, as an operator sees them; 203.0.113.0/24 is in DE, loopback is a trusted proxy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class MarketsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GERMAN = "203.0.113.7";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @BeforeEach
    void seeded() {
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        surrounding.worker().be(FakeWorker.Mode.GOOD, 0);
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        surrounding.worker().publish(2, "cat.jpg", FakeWorker.OID_A, 3000, 2000, false, false);
        await().atMost(SOON)
                .untilAsserted(() ->
                        operator().post("/api/v1/cdns/edge-a/enable").then().statusCode(200));
        await().atMost(SOON)
                .untilAsserted(() -> viewer().get("/api/v1/geo").then().body("v4Rows", equalTo(2)));
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/cat.jpg")
                        .headers()
                        .firstValue("Link")
                        .isPresent());
    }

    @AfterEach
    void clean() {
        operator().delete("/api/v1/markets/dach");
        operator().delete("/api/v1/cdns/edge-a/contract");
    }

    @Test
    void a_market_with_a_hard_rule_sends_its_countries_elsewhere() {
        put("dach", "{\"countries\":[\"DE\",\"AT\"],\"deny\":[\"edge-a\"]}")
                .then()
                .statusCode(200);
        await().atMost(SOON).untilAsserted(() -> {
            String location = header(client().get("/img/photos/cat.jpg", "X-Forwarded-For", GERMAN), "Location");
            assertThat(URI.create(location).getAuthority())
                    .isEqualTo(URI.create(surrounding.edgeB().url()).getAuthority());
            assertThat(header(client().get("/img/photos/cat.jpg", "X-Forwarded-For", GERMAN), "Link"))
                    .isEmpty();
            assertThat(header(client().get("/img/photos/cat.jpg", "X-Forwarded-For", "198.51.100.1"), "Link"))
                    .isNotEmpty();
        });
        explain(GERMAN)
                .then()
                .statusCode(200)
                .body("country", equalTo("DE"))
                .body("market", equalTo("dach"))
                .body("decision.selection.cdn", equalTo("edge-b"))
                .body("plan.cdns.find { it.cdn == 'edge-a' }.status", equalTo("DENIED"))
                .body("steps", hasItem("chosen: edge-b"));
    }

    @Test
    void policies_are_kept_in_versions() {
        put("dach", "{\"countries\":[\"DE\"],\"weights\":{\"edge-a\":90,\"edge-b\":10}}");
        long first = viewer().get("/api/v1/markets/dach").jsonPath().getLong("version");
        put("dach", "{\"countries\":[\"DE\"],\"deny\":[\"edge-b\"]}").then().body("version", equalTo((int) first + 1));
        viewer().get("/api/v1/markets/dach/versions?limit=1")
                .then()
                .body("items[0].version", equalTo((int) first + 1))
                .body("next", equalTo(Long.toString(first + 1)));
        operator()
                .post("/api/v1/markets/dach/versions/" + first + "/restore")
                .then()
                .statusCode(200)
                .body("version", equalTo((int) first + 2))
                .body("policy.weights.edge-a", equalTo(90.0f));
        await().atMost(SOON)
                .untilAsserted(() -> viewer().get("/api/v1/markets/dach/plan")
                        .then()
                        .body("cdns.find { it.cdn == 'edge-a' }.share", equalTo(0.9f)));
        operator().post("/api/v1/markets/dach/versions/999/restore").then().statusCode(404);
    }

    @Test
    void a_market_steered_by_cost_prefers_the_cdn_that_is_paid_for() {
        operator()
                .body("""
                        {"currency":"USD","tiers":{"*":[{"upToGb":1000,"perGb":"0.085"},{"perGb":"0.08"}]}}""")
                .put("/api/v1/cdns/edge-a/contract")
                .then()
                .statusCode(200)
                .body("tiers.'*'[0].perGb", equalTo("0.085"));
        put("dach", "{\"countries\":[\"DE\"],\"steering\":\"COST\"}").then().statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> viewer().get("/api/v1/markets/dach/plan")
                        .then()
                        .body("cdns.find { it.cdn == 'edge-a' }.share", equalTo(0.0f))
                        .body("cdns.find { it.cdn == 'edge-a' }.perGb", equalTo(0.085f))
                        .body("cdns.find { it.cdn == 'edge-b' }.share", equalTo(1.0f)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"countries\":[\"Germany\"]}",
                "{\"countries\":[\"DE\"],\"allow\":[]}",
                "{\"countries\":[\"DE\"],\"allow\":[\"nobody\"]}",
                "{\"countries\":[\"DE\"],\"deny\":[\"edge-a\",\"edge-b\"]}",
                "{\"countries\":[\"DE\"],\"weights\":{\"edge-a\":0}}",
                "{\"countries\":[\"DE\"],\"weights\":{\"edge-a\":-1}}",
                "{\"countries\":[\"DE\"],\"weights\":{\"edge-a\":\"NaN\"}}",
                "{\"countries\":[\"DE\"],\"exploration\":0.5}",
                "{\"countries\":[\"DE\"],\"steering\":\"LUCK\"}",
                ""
            })
    void refuses_a_policy_that_is_none(String body) {
        put("dach", body).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void a_country_is_in_one_market_only_and_the_default_market_has_none() {
        put("dach", "{\"countries\":[\"DE\"]}").then().statusCode(200);
        put("other", "{\"countries\":[\"FR\",\"DE\"]}")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("dach"));
        put("default", "{\"countries\":[\"FR\"]}").then().statusCode(400);
        put("default", "{}").then().statusCode(200);
        given().get("/api/v1/markets").then().statusCode(401);
        viewer().body("{}").put("/api/v1/markets/default").then().statusCode(403);
        viewer().get("/api/v1/markets").then().body("items[0].name", equalTo("default"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"currency\":\"USD\"}",
                "{\"currency\":\"USD\",\"tiers\":{\"eu\":[{\"perGb\":\"1\"}]}}",
                "{\"currency\":\"USD\",\"tiers\":{\"*\":[]}}",
                "{\"currency\":\"USD\",\"tiers\":{\"*\":[{\"upToGb\":10,\"perGb\":\"1\"}]}}",
                "{\"currency\":\"USD\",\"tiers\":{\"*\":[{\"upToGb\":10,\"perGb\":\"1\"},{\"upToGb\":5,\"perGb\":\"1\"},{\"perGb\":\"1\"}]}}",
                "{\"currency\":\"USD\",\"tiers\":{\"*\":[{\"perGb\":\"-1\"}]}}"
            })
    void refuses_a_contract_with_gaps(String body) {
        operator().body(body).put("/api/v1/cdns/edge-a/contract").then().statusCode(400);
    }

    @Test
    void list_prices_have_a_date_and_sources() {
        viewer().get("/api/v1/list-prices")
                .then()
                .statusCode(200)
                .body("asOf", equalTo("2026-11-20"))
                .body("vendors.kind", hasItem("BUNNY"));
        operator()
                .body("{\"currency\":\"USD\",\"tiers\":{\"*\":[{\"perGb\":\"1\"}]}}")
                .put("/api/v1/cdns/nobody/contract")
                .then()
                .statusCode(404);
        viewer().get("/api/v1/cdns/edge-b/contract").then().statusCode(404);
    }

    @Test
    void refuses_to_explain_what_is_no_address_or_no_image() {
        viewer().queryParam("url", "/img/photos/cat.jpg")
                .queryParam("ip", "localhost")
                .get("/api/v1/decisions/explain")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("ip"));
        viewer().queryParam("url", "https://img.example/else")
                .queryParam("ip", GERMAN)
                .get("/api/v1/decisions/explain")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("url"));
    }

    @Test
    void players_get_a_content_steering_manifest() {
        var manifest = io.restassured.path.json.JsonPath.from(
                client().get("/steering/films/one.m3u8?base=edge-a&_HLS_pathway=edge-a")
                        .body());
        assertThat(manifest.getInt("VERSION")).isEqualTo(1);
        assertThat(manifest.getInt("TTL")).isEqualTo(30);
        assertThat(manifest.getString("'RELOAD-URI'")).isEqualTo("/steering/films/one.m3u8?base=edge-a");
        assertThat(manifest.<String>getList("'PATHWAY-PRIORITY'")).containsExactlyInAnyOrder("edge-a", "edge-b");
        assertThat(manifest.getString("'PATHWAY-CLONES'[0].'BASE-ID'")).isEqualTo("edge-a");
        assertThat(manifest.getString("'PATHWAY-CLONES'[0].ID")).isEqualTo("edge-b");
        assertThat(manifest.getString("'PATHWAY-CLONES'[0].'URI-REPLACEMENT'.HOST"))
                .isEqualTo(URI.create(surrounding.edgeB().url()).getAuthority());
    }

    @Test
    void nginx_gets_the_same_cdn_in_headers() {
        var redirect = client().get("/img/photos/cat.jpg", "X-Forwarded-For", GERMAN);
        URI location = URI.create(header(redirect, "Location"));
        var answer = client().get("/auth", "X-Forwarded-For", GERMAN, "X-Original-URI", location.getRawPath() + "?k=1");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Sluice-Cdn-Url")).isEqualTo("http://" + location.getAuthority());
        assertThat(header(answer, "Sluice-Cdn-Fallback-Url")).isNotEqualTo(header(answer, "Sluice-Cdn-Url"));
        assertThat(client().get("/auth").statusCode()).isEqualTo(400);
        assertThat(client().get("/auth", "X-Original-URI", "//evil\"").statusCode())
                .isEqualTo(400);
    }

    private static io.restassured.response.Response explain(String ip) {
        return viewer().queryParam("url", "https://img.example/img/photos/cat.jpg?w=640")
                .queryParam("ip", ip)
                .get("/api/v1/decisions/explain");
    }

    private static io.restassured.response.Response put(String market, String body) {
        return operator().body(body).put("/api/v1/markets/" + market);
    }

    private Client client() {
        return new Client(surrounding.port());
    }

    private static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    private static RequestSpecification viewer() {
        return as(TestTokens.VIEWER);
    }

    private static RequestSpecification as(String token) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }
}
