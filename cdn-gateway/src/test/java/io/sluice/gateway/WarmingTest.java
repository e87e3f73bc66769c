package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
class WarmingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DIRECTORY = "/v/photos/" + "0123456789abcdef".repeat(4) + "/";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    private final WarmEdge edge = new WarmEdge();

    @BeforeEach
    void an_edge_that_caches() {
        await().atMost(SOON)
                .untilAsserted(() -> operator()
                        .body("{\"url\":\"" + edge.url() + "\"}")
                        .put("/api/v1/cdns/warm")
                        .then()
                        .statusCode(200));
    }

    @AfterEach
    void none() {
        operator().delete("/api/v1/cdns/warm");
        edge.close();
    }

    @Test
    void warms_addresses_as_clients_ask_for_them_and_tells_the_hit_ratio_before_and_after() {
        edge.holds(DIRECTORY + "a.avif");
        JsonPath job = finished(warm(urls("a.avif?k=old&s=old", "b.avif", "c.avif")));

        assertThat(job.getString("state")).isEqualTo("DONE");
        assertThat(job.getInt("named")).isEqualTo(3);
        assertThat(job.getInt("cdns[0].hitsBefore")).isEqualTo(1);
        assertThat(job.getInt("cdns[0].missesBefore")).isEqualTo(2);
        assertThat(job.getDouble("cdns[0].hitRatioBefore")).isBetween(0.33, 0.34);
        assertThat(job.getDouble("cdns[0].hitRatioAfter")).isEqualTo(1);
        assertThat(job.getInt("cdns[0].bytes")).isEqualTo(300);
        assertThat(job.getString("reach")).contains("no other");
        assertThat(edge.requests())
                .hasSize(6)
                .allSatisfy(request -> assertThat(request).contains("?k=k1&s="))
                .anySatisfy(request -> assertThat(request).startsWith("HEAD " + DIRECTORY + "b.avif"));
    }

    @Test
    void a_rate_holds_and_so_do_bytes_of_the_origin() {
        long start = System.nanoTime();
        finished(warm(body(names(10, "rate"), ",\"rate\":5")));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));

        start = System.nanoTime();
        JsonPath job = finished(warm(body(names(8, "large"), "")));
        assertThat(job.getInt("cdns[0].bytes")).isEqualTo(4_000_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void waits_when_the_origin_has_too_much_to_do_and_when_a_variant_is_not_made_yet() {
        JsonPath throttled = finished(warm(urls("throttled.avif")));
        assertThat(throttled.getString("state")).isEqualTo("DONE");
        JsonPath deferred = finished(warm(urls("deferred.avif")));
        assertThat(deferred.getString("state")).isEqualTo("DONE");
        assertThat(edge.requests().stream().filter(request -> request.startsWith("GET")))
                .hasSize(3);
    }

    @Test
    void what_is_not_there_fails_and_the_rest_is_done() {
        JsonPath job = finished(warm(urls("missing.avif", "b.avif")));
        assertThat(job.getString("state")).isEqualTo("PARTIAL");
        assertThat(job.getString("cdns[0].error")).isEqualTo("status 404");
    }

    @Test
    void a_directive_pauses_warming_until_it_is_over() {
        await().atMost(SOON).until(() -> surrounding.optimizer().followers() > 0);
        surrounding.optimizer().pauseWarming(100, true);
        await().atMost(SOON)
                .untilAsserted(() ->
                        viewer().get("/api/v1/directive").then().body("items[0].directive.generation", equalTo(100)));
        String id = warm(urls("paused.avif"));
        try {
            await().atMost(SOON)
                    .until(() ->
                            String.valueOf(view(id).getString("cdns[0].error")).contains("a directive pauses"));
            assertThat(edge.requests()).isEmpty();
        } finally {
            surrounding.optimizer().pauseWarming(101, false);
        }
        assertThat(finished(id).getString("state")).isEqualTo("DONE");
    }

    @Test
    void a_warming_can_be_cancelled_repeated_by_its_key_and_listed() {
        String body = body(names(200, "slow"), ",\"rate\":1");
        String id = operator()
                .header("Idempotency-Key", "w-1")
                .body(body)
                .post("/api/v1/warmings")
                .path("id");
        operator()
                .header("Idempotency-Key", "w-1")
                .body(body)
                .post("/api/v1/warmings")
                .then()
                .body("id", equalTo(id));
        operator()
                .header("Idempotency-Key", "w-1")
                .body(urls("other.avif"))
                .post("/api/v1/warmings")
                .then()
                .statusCode(409);
        operator().post("/api/v1/warmings/" + id + "/cancel").then().statusCode(200);
        assertThat(finished(id).getString("state")).isEqualTo("CANCELLED");
        assertThat(view(id).getInt("cdns[0].cancelled")).isGreaterThan(150);
        String next = viewer().get("/api/v1/warmings?limit=1&state=CANCELLED&cdn=warm")
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("next");
        viewer().get("/api/v1/warmings?limit=1&cursor=" + (next == null ? id : next))
                .then()
                .statusCode(200);
    }

    @Test
    void warms_what_is_asked_for_most() {
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        for (int photo : new int[] {8001, 8002}) {
            surrounding
                    .worker()
                    .publish(photo, "warm-" + photo + ".jpg", "%064x".formatted(photo), 3000, 2000, false, false);
        }
        operator()
                .body("{\"countries\":[\"US\"]}")
                .put("/api/v1/markets/warm-us")
                .then()
                .statusCode(200);
        try {
            String top = "{\"top\":2,\"market\":\"warm-us\",\"dryRun\":true}";
            operator()
                    .body(top)
                    .post("/api/v1/warmings")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/nothing-recorded"));
            await().atMost(SOON).untilAsserted(() -> {
                redirected(8001);
                for (int i = 0; i < 3; i++) {
                    redirected(8002);
                }
                operator()
                        .body(top)
                        .post("/api/v1/warmings")
                        .then()
                        .statusCode(200)
                        .body("paths[0]", containsString("%064x".formatted(8002)))
                        .body("paths[1]", containsString("%064x".formatted(8001)))
                        .body("reach", containsString("no other"));
            });
            String once = warmedOnce();
            for (int i = 0; i < 50; i++) {
                redirected(8001);
            }
            assertThat(warmedOnce())
                    .as("the same request, though other addresses lead now")
                    .isEqualTo(once);
            assertThat(finished(once).getString("state")).isEqualTo("DONE");
        } finally {
            operator().delete("/api/v1/markets/warm-us");
        }
    }

    @Test
    void a_schedule_warms_once_in_its_window() {
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        surrounding.worker().publish(8003, "warm-8003.jpg", "%064x".formatted(8003), 3000, 2000, false, false);
        await().atMost(SOON).until(() -> redirected(8003));
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        DateTimeFormatter format = DateTimeFormatter.ofPattern("HH:mm");
        String terms = "{\"market\":\"default\",\"from\":\"" + format.format(now.minusMinutes(1)) + "\",\"to\":\""
                + format.format(now.plusHours(1)) + "\",\"top\":1,\"cdns\":[\"warm\"]}";
        operator().body(terms).put("/api/v1/warming-schedules/night").then().statusCode(200);
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> viewer().get("/api/v1/warming-schedules/night")
                            .then()
                            .body("lastWarming", notNullValue()));
            String id = viewer().get("/api/v1/warming-schedules/night").path("lastWarming");
            assertThat(finished(id).getString("source")).isEqualTo("schedule night");
            assertThat(view(id).getString("endsAt")).isNotNull();
            viewer().get("/api/v1/warming-schedules").then().body("items", hasSize(1));
        } finally {
            operator().delete("/api/v1/warming-schedules/night").then().statusCode(204);
        }
        viewer().get("/api/v1/warming-schedules/night").then().statusCode(404);
        operator().delete("/api/v1/warming-schedules/night").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}|either urls or top",
                "{'urls':['/v/a'],'top':1}|either urls or top",
                "{'urls':[]}|1-5000",
                "{'urls':['https://elsewhere.example/x']}|address of one of the CDNs",
                "{'urls':['//evil.example/x']}|dot segments",
                "{'urls':['/a\\u000d\\u000ab']}|percent-encoded",
                "{'urls':['/v/a'],'market':'default'}|is required with market",
                "{'urls':['/v/a'],'cdns':['nobody']}|there is no [nobody]",
                "{'urls':['/v/a'],'rate':0}|above 0",
                "{'urls':['/v/a'],'rate':-1}|above 0",
                "{'urls':['/v/a'],'rate':1e9}|at most 20.0",
                "{'top':0}|1-1000",
                "{'top':1001}|1-1000",
                "{'top':5,'market':'nowhere'}|there is no market"
            })
    void refuses(String bodyAndReason) {
        refused(bodyAndReason, "/api/v1/warmings", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':'02:00','to':'05:00','top':1}|market, from and to",
                "{'market':'default','from':'2am','to':'05:00','top':1}|from",
                "{'market':'default','from':'02:00','to':'05:00','top':1,'timeZone':'Mars/Base'}|IANA",
                "{'market':'nowhere','from':'02:00','to':'05:00','top':1}|there is no market",
                "{'market':'default','from':'02:00','to':'05:00'}|1-1000",
                "{'market':'default','from':'02:00','to':'05:00','top':1,'rate':-1}|above 0"
            })
    void refuses_a_schedule(String bodyAndReason) {
        refused(bodyAndReason, "/api/v1/warming-schedules/bad", true);
    }

    private static void refused(String bodyAndReason, String path, boolean put) {
        int bar = bodyAndReason.indexOf('|');
        RequestSpecification request =
                operator().body(bodyAndReason.substring(0, bar).replace('\'', '"'));
        (put ? request.put(path) : request.post(path))
                .then()
                .statusCode(400)
                .body(containsString(bodyAndReason.substring(bar + 1)));
    }

    private boolean redirected(int photo) {
        return new Client(surrounding.port())
                        .get("/img/photos/warm-" + photo + ".jpg?w=500", "X-Forwarded-For", "198.51.100.9")
                        .statusCode()
                == 302;
    }

    private static String[] names(int count, String kind) {
        return IntStream.range(0, count).mapToObj(i -> kind + i + ".avif").toArray(String[]::new);
    }

    private static String urls(String... names) {
        return body(names, "");
    }

    private static String body(String[] names, String more) {
        String urls = java.util.Arrays.stream(names)
                .map(name -> '"' + DIRECTORY + name + '"')
                .collect(Collectors.joining(","));
        return "{\"urls\":[" + urls + "],\"cdns\":[\"warm\"]" + more + "}";
    }

    private static String warm(String body) {
        return operator()
                .body(body)
                .post("/api/v1/warmings")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String warmedOnce() {
        return operator()
                .header("Idempotency-Key", "top-1")
                .body("{\"top\":1,\"market\":\"warm-us\",\"cdns\":[\"warm\"]}")
                .post("/api/v1/warmings")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static JsonPath finished(String id) {
        await().atMost(SOON).until(() -> !view(id).getString("state").equals("RUNNING"));
        return view(id);
    }

    private static JsonPath view(String id) {
        return viewer().get("/api/v1/warmings/" + id).jsonPath();
    }

    private static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    private static RequestSpecification viewer() {
        return as(TestTokens.VIEWER);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
