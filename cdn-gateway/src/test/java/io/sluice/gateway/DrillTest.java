package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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
class DrillTest {
    private static final AtomicInteger PHOTOS = new AtomicInteger(7000);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    /** One of its own for each test: what is asked for often is spread over the CDNs, and need not come back to the one it had. */
    private final int photo = PHOTOS.incrementAndGet();

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @BeforeEach
    void both_edges_are_up() {
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        surrounding.worker().be(FakeWorker.Mode.GOOD, 0);
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        surrounding
                .worker()
                .publish(photo, "drill-" + photo + ".jpg", "%064x".formatted(photo), 3000, 2000, false, false);
        stopAll();
        await().atMost(SOON)
                .untilAsserted(() -> as(TestTokens.VIEWER)
                        .get("/api/v1/cdns")
                        .then()
                        .body("items.findAll { it.status == 'UP' }.size()", equalTo(2)));
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/drill-" + photo + ".jpg")
                        .headers()
                        .firstValue("Link")
                        .isPresent());
    }

    @AfterEach
    void stopAll() {
        for (Object id : as(TestTokens.VIEWER).get("/api/v1/drills").jsonPath().getList("items.id")) {
            as(TestTokens.OPERATOR).post("/api/v1/drills/" + id + "/stop");
        }
    }

    @Test
    void a_drill_moves_requests_reports_them_and_ends_by_itself() {
        String usual = cdn();
        String id = begin(usual, 100, "PT8S");
        await().atMost(SOON).until(() -> !cdn().equals(usual));
        await().atMost(SOON).until(() -> {
            cdn();
            return view(id).getInt("report.moved") > 0;
        });
        await().atMost(SOON).until(() -> view(id).getString("state").equals("DONE"));
        await().atMost(SOON).until(() -> cdn().equals(usual));
        assertThat(view(id).getInt("report.unserved")).isZero();
        assertThat(view(id).getInt("report.kept")).isZero();
        assertThat(view(id).getString("endedAt")).isEqualTo(view(id).getString("endsAt"));
    }

    @Test
    void a_drill_ends_on_time_while_postgresql_is_away() {
        String usual = cdn();
        begin(usual, 100, "PT3S");
        await().atMost(SOON).until(() -> !cdn().equals(usual));
        postgres.stop();
        try {
            await().atMost(SOON).until(() -> cdn().equals(usual));
        } finally {
            postgres.restart();
        }
        await().atMost(SOON)
                .untilAsserted(
                        () -> as(TestTokens.VIEWER).get("/api/v1/drills").then().statusCode(200));
    }

    @Test
    void a_drill_stops_when_the_others_fail_and_nobody_goes_unserved() {
        String usual = cdn();
        String id = begin(usual, 100, "PT1M");
        await().atMost(SOON).until(() -> !cdn().equals(usual));
        (usual.equals("edge-a") ? surrounding.edgeB() : surrounding.edgeA()).be(FakeEdge.Mode.ERROR_STATUS);
        await().atMost(SOON).until(() -> view(id).getString("state").equals("STOPPED"));
        assertThat(view(id).getString("stopReason")).isEqualTo("no other CDN was UP");
        assertThat(view(id).getList("report.disturbed")).hasSize(1);
        await().atMost(SOON).until(() -> cdn().equals(usual));
        assertThat(view(id).getInt("report.unserved")).isZero();
    }

    @Test
    void there_is_one_drill_at_a_time_and_it_can_be_stopped() {
        String id = begin("edge-a", 10, "PT1M");
        as(TestTokens.OPERATOR)
                .body("{\"cdn\":\"edge-b\",\"duration\":\"PT1M\",\"reason\":\"too\"}")
                .post("/api/v1/drills")
                .then()
                .statusCode(409)
                .body("detail", startsWith("Another drill runs"));
        as(TestTokens.OPERATOR)
                .post("/api/v1/drills/" + id + "/stop")
                .then()
                .statusCode(200)
                .body("state", equalTo("STOPPED"))
                .body("stopReason", equalTo("by operator"));
    }

    @Test
    void a_drill_of_the_only_cdn_that_is_up_is_refused() {
        as(TestTokens.OPERATOR).body("{\"reason\":\"x\"}").post("/api/v1/cdns/edge-b/drain");
        try {
            as(TestTokens.OPERATOR)
                    .body("{\"cdn\":\"edge-a\",\"duration\":\"PT1M\",\"reason\":\"game day\"}")
                    .post("/api/v1/drills")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/drill-refused"));
        } finally {
            as(TestTokens.OPERATOR).post("/api/v1/cdns/edge-b/enable");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}|cdn: is required",
                "{'cdn':'nobody','duration':'PT1M','reason':'x'}|there is no CDN",
                "{'cdn':'edge-a','reason':'x'}|PT1S to PT1H",
                "{'cdn':'edge-a','duration':'PT2H','reason':'x'}|PT1S to PT1H",
                "{'cdn':'edge-a','duration':'PT1M'}|reason: is required",
                "{'cdn':'edge-a','duration':'PT1M','reason':'x','percent':0}|must be 1-100",
                "{'cdn':'edge-a','duration':'PT1M','reason':'x','percent':101}|must be 1-100"
            })
    void refuses(String bodyAndReason) {
        int bar = bodyAndReason.indexOf('|');
        as(TestTokens.OPERATOR)
                .body(bodyAndReason.substring(0, bar).replace('\'', '"'))
                .post("/api/v1/drills")
                .then()
                .statusCode(400)
                .body("detail", containsString(bodyAndReason.substring(bar + 1)));
    }

    private String cdn() {
        return header(client().get("/img/photos/drill-" + photo + ".jpg?w=500"), "Server-Timing")
                .replace("cdn;desc=", "");
    }

    private Client client() {
        return new Client(surrounding.port());
    }

    private static String begin(String cdn, int percent, String duration) {
        return as(TestTokens.OPERATOR)
                .body("{\"cdn\":\"" + cdn + "\",\"percent\":" + percent + ",\"duration\":\"" + duration
                        + "\",\"reason\":\"game day\"}")
                .post("/api/v1/drills")
                .then()
                .statusCode(201)
                .body("state", equalTo("RUNNING"))
                .extract()
                .path("id");
    }

    private static JsonPath view(String id) {
        return as(TestTokens.VIEWER).get("/api/v1/drills/" + id).jsonPath();
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
