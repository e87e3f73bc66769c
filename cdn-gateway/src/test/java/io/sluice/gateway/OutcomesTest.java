package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Votes of clients, from the redirect to the routing table; loopback is a trusted proxy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class OutcomesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

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
        await().atMost(SOON).until(() -> !id("192.0.2.1", 1).isEmpty());
    }

    @AfterEach
    void clean() {
        surrounding.metrics().score();
        surrounding.metrics().away(false);
    }

    @Test
    void a_vote_on_a_redirect_reaches_metrics_service_once() {
        String id = id("203.0.113.7", 640);
        assertThat(vote(id, "\"failed\":false,\"ttfbMillis\":83")).isEqualTo("{\"counted\":1,\"refused\":0}");
        assertThat(vote(id, "\"failed\":true")).isEqualTo("{\"counted\":0,\"refused\":1}");
        String token = id.substring(0, 48);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(surrounding.metrics().votes())
                        .containsOnlyOnce(token)
                        .contains("\"network\":\"ffffcb007100\"")
                        .contains("\"ttfbMillis\":83"));
    }

    @Test
    void votes_wait_while_metrics_service_is_away() {
        surrounding.metrics().away(true);
        String id = id("203.0.112.7", 640);
        assertThat(vote(id, "\"failed\":true")).contains("\"counted\":1");
        surrounding.metrics().away(false);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(surrounding.metrics().votes()).contains(id.substring(0, 48)));
    }

    @Test
    void forged_ids_and_nonsense_count_for_nothing() {
        String id = id("203.0.111.7", 640);
        assertThat(vote("Z" + id.substring(1), "\"failed\":true")).contains("\"counted\":0");
        assertThat(vote(id.replace(".default", ".dach"), "\"failed\":true")).contains("\"counted\":0");
        for (String vote : new String[] {
            "\"failed\":false",
            "\"failed\":false,\"ttfbMillis\":-1",
            "\"failed\":false,\"ttfbMillis\":1e99",
            "\"failed\":false,\"ttfbMillis\":\"83\"",
            "\"failed\":true,\"ttfbMillis\":83"
        }) {
            assertThat(vote(id, vote)).as(vote).contains("\"counted\":0");
        }
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("sluice_gateway_outcomes_total{verdict=\"FORGED\"")
                .contains("sluice_gateway_outcomes_total{verdict=\"IMPLAUSIBLE\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"outcomes\":[]}", "{\"outcomes\":7}"})
    void what_is_no_list_of_votes_is_refused_with_the_form(String body) {
        HttpResponse<String> answer = client().post("/outcomes", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("ttfbMillis");
    }

    @Test
    void large_bodies_and_other_methods_are_refused() {
        assertThat(client().post("/outcomes", " ".repeat(9000)).statusCode()).isEqualTo(413);
        assertThat(client().post("/outcomes", "{\"outcomes\":[" + "{},".repeat(20) + "{}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client().get("/outcomes").statusCode()).isEqualTo(405);
        HttpResponse<String> preflight = client().send("OPTIONS", "/outcomes", "Origin", "https://shop.example");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
        HttpResponse<String> foreign = client().post("/outcomes", "{}", "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    @Test
    void a_decision_as_json_has_an_id_too() {
        String id = given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .queryParam("path", "/img/photos/cat.jpg")
                .queryParam("ip", "203.0.110.200")
                .get("/api/v1/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("selection.decisionId");
        assertThat(vote(id, "\"failed\":true")).contains("\"counted\":1");
    }

    @Test
    void a_cdn_that_clients_see_fail_is_only_tried_out() {
        surrounding.metrics().score(score("edge-a", 0.5), score("edge-b", 0));
        await().atMost(SOON)
                .untilAsserted(() -> plan().then()
                        .body("cdns.find { it.cdn == 'edge-a' }.status", equalTo("TRIAL"))
                        .body("cdns.find { it.cdn == 'edge-b' }.status", equalTo("UP")));
        surrounding.metrics().score(score("edge-a", 0.1), score("edge-b", 0));
        await().atMost(SOON)
                .untilAsserted(() -> plan().then().body("cdns.find { it.cdn == 'edge-a' }.status", equalTo("UP")));
    }

    @Test
    void too_few_votes_move_nothing() {
        surrounding
                .metrics()
                .score(score("edge-a", 1).replace("\"enough\":true", "\"enough\":false"), score("edge-b", 0.3));
        await().atMost(SOON)
                .untilAsserted(() -> plan().then().body("cdns.find { it.cdn == 'edge-b' }.status", equalTo("TRIAL")));
        plan().then().body("cdns.find { it.cdn == 'edge-a' }.status", equalTo("UP"));
    }

    private static String score(String cdn, double errorRatio) {
        return """
                {"cdn":"%s","market":"default","from":"2026-11-21T10:05:00Z","to":"2026-11-21T10:15:00Z","samples":40,
                 "networks":8,"enough":true,"availability":1,"errorRatio":%s,"p75TtfbMillis":80}""".formatted(cdn, errorRatio);
    }

    private static io.restassured.response.Response plan() {
        return given().header("Authorization", "Bearer " + TestTokens.VIEWER).get("/api/v1/markets/default/plan");
    }

    private String vote(String id, String vote) {
        HttpResponse<String> answer = client().post(
                        "/outcomes",
                        "{\"outcomes\":[{\"id\":\"" + id + "\"," + vote + "}]}",
                        "Content-Type",
                        "text/plain;charset=UTF-8");
        assertThat(answer.statusCode()).isEqualTo(202);
        return answer.body();
    }

    /** Of a redirect for a client. */
    private String id(String ip, int width) {
        return header(client().get("/img/photos/cat.jpg?w=" + width, "X-Forwarded-For", ip), "Sluice-Decision-Id");
    }

    private Client client() {
        return new Client(surrounding.port());
    }
}
