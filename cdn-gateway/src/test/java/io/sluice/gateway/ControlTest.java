package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(VendorStubs.class)
class ControlTest {
    private static final Duration SOON = Duration.ofSeconds(15);

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
                .until(() -> client().get("/img/photos/cat.jpg")
                        .headers()
                        .firstValue("Link")
                        .isPresent());
    }

    @AfterEach
    void enable() {
        operator().post("/api/v1/cdns/edge-a/enable");
        operator().post("/api/v1/cdns/edge-b/enable");
        operator().delete("/api/v1/cdns/extra");
    }

    @Test
    void lists_the_seeded_cdns_in_pages() {
        viewer().get("/api/v1/cdns").then().statusCode(200).body("items.name", hasItems("edge-a", "edge-b"));
        viewer().get("/api/v1/cdns?limit=1")
                .then()
                .body("items.size()", equalTo(1))
                .body("next", equalTo("edge-a"));
        viewer().get("/api/v1/cdns?limit=1&cursor=edge-a").then().body("items[0].name", equalTo("edge-b"));
        viewer().get("/api/v1/cdns?limit=0").then().statusCode(400);
    }

    @Test
    void a_drained_cdn_gets_nothing_until_it_is_enabled() {
        operator()
                .body("{\"reason\":\"maintenance\"}")
                .post("/api/v1/cdns/edge-a/drain")
                .then()
                .statusCode(200)
                .body("status", equalTo("DRAINED"))
                .body("drain.reason", equalTo("maintenance"))
                .body("drain.until", nullValue());
        await().atMost(SOON).untilAsserted(() -> onlyOnB());
        operator().post("/api/v1/cdns/edge-a/enable").then().statusCode(200).body("status", equalTo("UP"));
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/cat.jpg")
                        .headers()
                        .firstValue("Link")
                        .isPresent());
    }

    @Test
    void a_drain_with_a_ttl_ends_by_itself() {
        operator()
                .body("{\"reason\":\"short\",\"ttl\":\"PT1S\"}")
                .post("/api/v1/cdns/edge-a/drain")
                .then()
                .statusCode(200)
                .body("drain.until", notNullValue());
        await().atMost(SOON)
                .untilAsserted(() -> viewer().get("/api/v1/cdns/edge-a").then().body("status", equalTo("UP")));
    }

    @Test
    void draining_all_is_503() {
        drain("edge-a");
        drain("edge-b");
        await().atMost(SOON).until(() -> client().get("/img/photos/cat.jpg").statusCode() == 503);
    }

    @Test
    void a_cdn_says_who_runs_it_and_names_its_secret_without_showing_it() {
        String shown = operator()
                .body("""
                        {"url":"http://127.0.0.1:1","kind":"FASTLY","settings":{"service":"SU1Z0isxPaozGVKXdv0eY"},
                         "credential":"fastly-main"}""")
                .put("/api/v1/cdns/extra")
                .then()
                .statusCode(200)
                .body("kind", equalTo("FASTLY"))
                .body("settings.service", equalTo("SU1Z0isxPaozGVKXdv0eY"))
                .body("credential", equalTo("fastly-main"))
                .extract()
                .asString();
        assertThat(shown).doesNotContain("fastly-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'url':'http://a','kind':'FASTLY','credential':'fastly-main'}|settings: need service for FASTLY",
                "{'url':'http://a','kind':'FASTLY','settings':{'service':'x','zone':'y'},'credential':'fastly-main'}|unknown for FASTLY",
                "{'url':'http://a','kind':'FASTLY','settings':{'service':'a/../b'},'credential':'fastly-main'}|must be 1-64",
                "{'url':'http://a','kind':'FASTLY','settings':{'service':'x'}}|credential: is required",
                "{'url':'http://a','kind':'FASTLY','settings':{'service':'x'},'credential':'no-such'}|sluice.gateway.credentials.no-such.token",
                "{'url':'http://a','kind':'CLOUDFRONT','settings':{'distribution':'x'},'credential':'fastly-main'}|access-key-id",
                "{'url':'http://a','settings':{'purge':'magic'}}|ban, method, none, refetch"
            })
    void a_cdn_whose_vendor_is_not_as_it_must_be_is_refused(String bodyAndReason) {
        int bar = bodyAndReason.indexOf('|');
        operator()
                .body(bodyAndReason.substring(0, bar).replace('\'', '"'))
                .put("/api/v1/cdns/extra")
                .then()
                .statusCode(400)
                .body("detail", containsString(bodyAndReason.substring(bar + 1)));
    }

    @Test
    void a_cdn_can_be_added_and_removed() {
        operator()
                .body("{\"url\":\"http://127.0.0.1:1/base/\",\"weight\":50}")
                .put("/api/v1/cdns/extra")
                .then()
                .statusCode(200)
                .body("url", equalTo("http://127.0.0.1:1/base"))
                .body("weight", equalTo(50.0f));
        operator().delete("/api/v1/cdns/extra").then().statusCode(204);
        operator().delete("/api/v1/cdns/extra").then().statusCode(404);
        viewer().get("/api/v1/cdns/extra").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"http://a\",\"weight\":0}",
                "{\"url\":\"http://a\",\"weight\":-1}",
                "{\"url\":\"http://a\",\"weight\":\"NaN\"}",
                "{\"url\":\"http://a\",\"weight\":NaN}",
                "{\"url\":\"ftp://a\"}",
                "{\"url\":\"//a\"}",
                "{\"url\":\"http://user@a\"}",
                "{\"url\":\"http://a?x=1\"}",
                "{\"url\":\"http://a\\r\\nX: y\"}",
                "{\"url\":\"http://a\",\"probe\":\"canary\"}",
                "{\"weight\":1}",
                "{}",
                "",
                "{\"url\":"
            })
    void refuses_a_cdn_that_is_none(String body) {
        operator()
                .body(body)
                .put("/api/v1/cdns/extra")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", notNullValue());
        viewer().get("/api/v1/cdns/extra").then().statusCode(404);
    }

    @Test
    void refuses_bad_names_reasons_and_lifetimes() {
        operator()
                .body("{\"url\":\"http://a\"}")
                .put("/api/v1/cdns/No_Good")
                .then()
                .statusCode(400);
        operator().body("{}").post("/api/v1/cdns/edge-a/drain").then().statusCode(400);
        operator()
                .body("{\"reason\":\"x\",\"ttl\":\"PT0S\"}")
                .post("/api/v1/cdns/edge-a/drain")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("ttl"));
        operator()
                .body("{\"reason\":\"x\"}")
                .post("/api/v1/cdns/none/drain")
                .then()
                .statusCode(404);
        operator().post("/api/v1/cdns/none/enable").then().statusCode(404);
    }

    @Test
    void needs_the_right_token() {
        given().get("/api/v1/cdns").then().statusCode(401);
        viewer().body("{\"reason\":\"x\"}")
                .post("/api/v1/cdns/edge-a/drain")
                .then()
                .statusCode(403);
        viewer().body("{\"url\":\"http://a\"}").put("/api/v1/cdns/extra").then().statusCode(403);
        viewer().delete("/api/v1/cdns/edge-a").then().statusCode(403);
        given().get("/api/v1/decisions?path=/img/photos/cat.jpg").then().statusCode(401);
    }

    @Test
    void a_decision_shows_every_reason() {
        drain("edge-a");
        await().atMost(SOON)
                .untilAsserted(() -> decision("/img/photos/cat.jpg?w=990")
                        .then()
                        .statusCode(200)
                        .body("selection.cdn", equalTo("edge-b"))
                        .body("selection.location", containsString("/e7-q80-w1024-xinside.webp?k=k1&s="))
                        .body("selection.ranking.find { it.cdn == 'edge-a' }.role", equalTo("SKIPPED"))
                        .body("selection.ranking.find { it.cdn == 'edge-a' }.status", equalTo("DRAINED"))
                        .body("format.chosen", equalTo("webp"))
                        .body("format.reason", equalTo("ACCEPT"))
                        .body("size.basis", equalTo("REQUEST"))
                        .body("quality.chosen", equalTo(80))
                        .body("level.level", equalTo(0)));
        assertThat(decision("/img/photos/cat.jpg?w=990").<String>path("selection.location"))
                .as("the same code answers on the delivery port")
                .isEqualTo(header(client().get("/img/photos/cat.jpg?w=990", "Accept", "image/webp,*/*"), "Location"));
    }

    @Test
    void a_decision_for_what_is_not_there_is_a_problem() {
        decision("/img/photos/none.jpg").then().statusCode(404);
        decision("/img/photos/../x").then().statusCode(400);
        decision("/img/photos/cat.jpg?w=0").then().statusCode(400).body("errors[0].field", equalTo("w"));
        decision("/elsewhere").then().statusCode(400);
        surrounding.worker().be(FakeWorker.Mode.ERROR, 0);
        decision("/img/photos/unsure.jpg").then().statusCode(503).header("Retry-After", "2");
    }

    @Test
    void the_api_is_the_committed_one() {
        OpenApiContract.check("cdn-gateway", given().get("/q/openapi").asString());
    }

    private void onlyOnB() {
        String location = header(client().get("/img/photos/cat.jpg"), "Location");
        assertThat(URI.create(location).getAuthority())
                .isEqualTo(URI.create(surrounding.edgeB().url()).getAuthority());
        assertThat(client().get("/img/photos/cat.jpg").headers().firstValue("Link"))
                .isEmpty();
    }

    private void drain(String cdn) {
        operator()
                .body("{\"reason\":\"test\"}")
                .post("/api/v1/cdns/" + cdn + "/drain")
                .then()
                .statusCode(200);
    }

    private static io.restassured.response.Response decision(String path) {
        return viewer().queryParam("path", path)
                .queryParam("accept", "image/webp,*/*")
                .get("/api/v1/decisions");
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
