package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class MetersTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @BeforeEach
    @AfterEach
    void both_edges_are_up() {
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        surrounding.worker().be(FakeWorker.Mode.GOOD, 0);
        await().atMost(SOON)
                .untilAsserted(() ->
                        operator().post("/api/v1/cdns/edge-a/enable").then().statusCode(200));
        await().atMost(SOON).untilAsserted(() -> shows("UP"));
    }

    @Test
    void a_question_to_the_catalogue_is_counted_once() {
        double hits = catalogue("hit");
        double misses = catalogue("miss");
        Client client = new Client(surrounding.port());

        assertThat(client.get("/img/photos/meters/looked-up.jpg").statusCode()).isEqualTo(302);
        assertThat(catalogue("miss")).isEqualTo(misses + 1);
        assertThat(client.get("/img/photos/meters/looked-up.jpg").statusCode()).isEqualTo(302);
        assertThat(client.get("/img/photos/meters/looked%2Dup.jpg").statusCode())
                .isEqualTo(302);
        assertThat(client.get("/img/photos/../x").statusCode()).isEqualTo(400);
        assertThat(catalogue("hit")).isEqualTo(hits + 2);
        assertThat(catalogue("miss")).isEqualTo(misses + 1);
    }

    @Test
    void api_and_gauges_say_the_same_of_a_cdn() {
        operator()
                .body("{\"reason\":\"test\"}")
                .post("/api/v1/cdns/edge-a/drain")
                .then()
                .statusCode(200);
        shows("DRAINED");
        operator().post("/api/v1/cdns/edge-a/enable").then().statusCode(200);
        surrounding.edgeA().be(FakeEdge.Mode.ERROR_STATUS);
        await().atMost(SOON).untilAsserted(() -> shows("FAILING"));
        surrounding.edgeA().kill();
        await().atMost(SOON).untilAsserted(() -> shows("UNREACHABLE"));
    }

    private static void shows(String expected) {
        assertThat(operator().get("/api/v1/cdns/edge-a").<String>path("status")).isEqualTo(expected);
        String metrics = given().get("/q/metrics").asString();
        for (CdnStatus status : CdnStatus.values()) {
            String series = "sluice_gateway_cdn_status{cdn=\"edge-a\",status=\"" + status + "\"}";
            assertThat(value(metrics, series))
                    .as(series)
                    .isEqualTo(status.name().equals(expected) ? 1 : 0);
        }
        assertThat(value(metrics, "sluice_gateway_cdn_up{cdn=\"edge-a\"}")).isEqualTo(expected.equals("UP") ? 1 : 0);
    }

    private static double catalogue(String result) {
        return value(
                given().get("/q/metrics").asString(),
                "sluice_gateway_catalogue_requests_total{result=\"" + result + "\"}");
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is missing"));
    }

    private static RequestSpecification operator() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestTokens.OPERATOR);
    }
}
