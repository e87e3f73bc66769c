package io.sluice.metrics.cdnlog;

import static io.restassured.RestAssured.given;
import static io.sluice.metrics.EdgeLog.line;
import static io.sluice.metrics.EdgeLog.lines;
import static io.sluice.metrics.MetricsApi.operator;
import static io.sluice.metrics.MetricsApi.service;
import static io.sluice.metrics.MetricsApi.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.sluice.metrics.MetricsApi;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
class CdnLogTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void ready() {
        MetricsApi.awaitReady();
    }

    @Test
    void counts_what_an_edge_served() {
        String body = lines(60, "counted", now, 200, 1000, "HIT")
                + '\n'
                + lines(20, "counted", now, 200, 2000, "MISS")
                + '\n'
                + lines(10, "counted", now, 503, 0, "")
                + '\n'
                + lines(10, "counted", now, 499, 0, "HIT");
        post(body, null).statusCode(200).body("lines", equalTo(100), "accepted", equalTo(100), "rejected", equalTo(0));
        JsonPath usage = usage("counted");
        assertThat(usage.getLong("items[0].requests")).isEqualTo(100);
        assertThat(usage.getLong("items[0].bytes")).isEqualTo(100_000);
        assertThat(usage.getDouble("items[0].hitRatio"))
                .isEqualTo(70 / 90.0, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(usage.getDouble("items[0].byteHitRatio"))
                .isEqualTo(0.6, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(usage.getDouble("items[0].errorRatio")).isEqualTo(0.2, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(usage.getDouble("items[0].p95Seconds")).isBetween(0.054, 0.056);
        assertThat(usage.getString("items[0].cost")).isNull();
        viewer().get("/api/v1/cdn/usage/series?cdn=counted")
                .then()
                .statusCode(200)
                .body("step", equalTo("PT1M"), "items", hasSize(1), "items[0].requests", equalTo(100));
        viewer().get("/api/v1/cdn/usage?cdn=counted&format=avif").then().body("items[0].requests", equalTo(100));
        viewer().get("/api/v1/cdn/usage?cdn=counted&format=webp").then().body("items", hasSize(0));
        viewer().get("/api/v1/cdn/usage?cdn=counted&from=" + now.minus(1, ChronoUnit.DAYS))
                .then()
                .body("items[0].requests", equalTo(100));
    }

    @Test
    void counts_a_log_once_by_its_key_or_its_content() throws IOException {
        String body = lines(5, "once", now, 200, 10, "HIT");
        post(body, null).statusCode(200).body("duplicate", equalTo(false), "accepted", equalTo(5));
        post(body, null).statusCode(200).body("duplicate", equalTo(true), "accepted", equalTo(0));
        service()
                .header("Content-Encoding", "gzip")
                .body(gzip(body))
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(200)
                .body("duplicate", equalTo(true));
        post(lines(2, "once", now, 200, 10, "MISS"), "key-1").body("duplicate", equalTo(false));
        post(lines(3, "once", now, 200, 10, "MISS"), "key-1").body("duplicate", equalTo(true));
        assertThat(usage("once").getLong("items[0].requests")).isEqualTo(7);
    }

    @Test
    void adds_logs_that_come_at_the_same_time() throws Exception {
        List<Callable<Integer>> posts = IntStream.range(0, 20)
                .<Callable<Integer>>mapToObj(i -> () -> post(
                                lines(10, i % 2 == 0 ? "both-a" : "both-b", now, 200, 1, "HIT"),
                                "same-time-" + i / 2 * 2 + i % 2)
                        .extract()
                        .statusCode())
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var posted : pool.invokeAll(posts)) {
                assertThat(posted.get()).isEqualTo(200);
            }
        }
        assertThat(usage("both-a").getLong("items[0].requests")).isEqualTo(100);
        assertThat(usage("both-b").getLong("items[0].requests")).isEqualTo(100);
    }

    @Test
    void names_lines_that_it_cannot_read_and_takes_the_rest() {
        String body = String.join(
                "\n",
                line("mixed", now, 200, 1, 0.1, "HIT"),
                "not json",
                line("mixed", now.minus(49, ChronoUnit.HOURS), 200, 1, 0.1, "HIT"),
                line("mixed", now.plus(10, ChronoUnit.MINUTES), 200, 1, 0.1, "HIT"),
                line("BAD CDN", now, 200, 1, 0.1, "HIT"),
                line("mixed", now, 200, 1, 0.1, "HIT"));
        post(body, null)
                .statusCode(200)
                .body("accepted", equalTo(2), "rejected", equalTo(4))
                .body("rejectedLines.line", equalTo(List.of(2, 3, 4, 5)))
                .body(
                        "rejectedLines.reason",
                        equalTo(List.of("malformed: not JSON", "too_old", "in_the_future", "malformed: names no CDN")));
        assertThat(given().get("/q/metrics").asString()).contains("sluice_cdn_log_lines_total{result=\"malformed\"}");
    }

    @Test
    void refuses_what_is_not_a_log() throws IOException {
        post("<html>\n<body>", null).statusCode(400).body("type", equalTo("/problems/unreadable-log"));
        service()
                .header("Content-Encoding", "gzip")
                .body("not gzip")
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/unreadable-log"));
        byte[] cut = java.util.Arrays.copyOf(gzip(lines(50, "cut", now, 200, 1, "HIT")), 60);
        service()
                .header("Content-Encoding", "gzip")
                .body(cut)
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(400);
        service()
                .header("Content-Encoding", "br")
                .body("x")
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(400);
        service()
                .body("{}")
                .post("/api/v1/cdn/logs?format=w3c")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("format"));
        service().body("{}").post("/api/v1/cdn/logs?cdn=A/B").then().statusCode(400);
        viewer().body("{}").post("/api/v1/cdn/logs").then().statusCode(403);
        given().body("{}").post("/api/v1/cdn/logs").then().statusCode(401);
        viewer().get("/api/v1/cdn/usage?by=pop").then().statusCode(400);
        viewer().get("/api/v1/cdn/usage?from=x").then().statusCode(400);
        viewer().get("/api/v1/cdn/usage/series?step=PT0S").then().statusCode(400);
    }

    @Test
    void refuses_a_log_that_unpacks_to_more_than_allowed() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int megabytes = 0; megabytes < 257; megabytes++) {
                out.write(zeros);
            }
        }
        service()
                .header("Content-Encoding", "gzip")
                .body(bomb.toByteArray())
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(413)
                .body("detail", containsString("268435456"));
    }

    @Test
    void takes_combined_logs_for_the_cdn_that_is_named() {
        String time = java.time.format.DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", java.util.Locale.ROOT)
                .format(now.atOffset(java.time.ZoneOffset.UTC));
        String body = "83.149.9.216 - - [" + time + "] \"GET /a.png HTTP/1.1\" 200 203023 \"-\" \"Mozilla \\\" 5.0\"\n"
                + "83.149.9.216 - - [" + time + "] \"GET /b.png HTTP/1.1\" 304 -";
        service()
                .body(body)
                .post("/api/v1/cdn/logs?cdn=apache&format=combined")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2));
        assertThat(usage("apache").getLong("items[0].bytes")).isEqualTo(203023);
        service()
                .body(body)
                .post("/api/v1/cdn/logs")
                .then()
                .statusCode(400)
                .body("detail", containsString("names no CDN"));
    }

    @Test
    void moves_a_budget_with_the_log_that_was_accepted() {
        operator()
                .body("{\"limit\":\"0.5\",\"cdns\":[\"edge-a\"]}")
                .put("/api/v1/budgets/moving")
                .then()
                .statusCode(200)
                .body("kind", equalTo("CDN_COST"), "unit", equalTo("USD"), "used", equalTo("0.000000"));
        post(lines(10, "edge-a", now, 200, 1_000_000_000L, "HIT"), null).statusCode(200);
        JsonPath budget = operator()
                .body("{\"limit\":\"0.5\",\"cdns\":[\"edge-a\"]}")
                .put("/api/v1/budgets/moving")
                .jsonPath();
        assertThat(new BigDecimal(budget.getString("used"))).isEqualByComparingTo("0.850008"); // 10 GB, 10 requests
        assertThat(budget.getDouble("exceedProbability")).isEqualTo(1);
        assertThat(budget.getString("exhaustsAt")).isNotNull();
        assertThat(new BigDecimal(budget.getString("projected.p50"))).isGreaterThan(new BigDecimal("0.85"));
        viewer().get("/api/v1/budgets")
                .then()
                .statusCode(200)
                .body("items.find { it.id == 'moving' }.basis", containsString("run rate"))
                .body("items.find { it.id == 'seeded' }.limit", equalTo("100"));
        viewer().get("/api/v1/budgets?limit=1").then().body("items", hasSize(1), "next", notNullValue());
        operator().delete("/api/v1/budgets/moving").then().statusCode(204);
        operator().delete("/api/v1/budgets/moving").then().statusCode(404);
        viewer().get("/api/v1/budgets").then().body("items.find { it.id == 'moving' }", nullValue());
    }

    @Test
    void refuses_budgets_that_cannot_be() {
        for (String limit : new String[] {"0", "-1", "\"NaN\"", "\"much\"", "null", "\"1e13\"", "\"0.0000001\""}) {
            operator()
                    .body("{\"limit\":" + limit + "}")
                    .put("/api/v1/budgets/b")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("limit"));
        }
        operator()
                .body("{\"limit\":\"1\",\"currency\":\"EUR\"}")
                .put("/api/v1/budgets/b")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("currency"));
        operator()
                .body("{\"limit\":\"1\",\"scope\":\"collection:a\"}")
                .put("/api/v1/budgets/b")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("scope"));
        operator().body("{\"limit\":\"1\"}").put("/api/v1/budgets/B!").then().statusCode(400);
        viewer().body("{\"limit\":\"1\"}").put("/api/v1/budgets/b").then().statusCode(403);
        service().delete("/api/v1/budgets/b").then().statusCode(403);
    }

    @Test
    void tells_the_ratio_of_failed_requests() {
        post(lines(3, "failing", now, 502, 0, "") + '\n' + lines(1, "failing", now, 200, 1, "HIT"), null)
                .statusCode(200);
        viewer().get("/api/v1/cdn/health-signals?window=PT5M")
                .then()
                .statusCode(200)
                .body("requests", greaterThan(3))
                .body("cdns.find { it.cdn == 'failing' }.errorRatio", equalTo(0.75f));
        viewer().get("/api/v1/cdn/health-signals?window=5m").then().statusCode(400);
        viewer().get("/api/v1/cdn/health-signals?window=P2D").then().statusCode(400);
    }

    @Test
    void publishes_the_api_that_is_committed() {
        OpenApiContract.check("metrics-service", given().get("/q/openapi").asString());
    }

    private static ValidatableResponse post(String body, @org.jspecify.annotations.Nullable String key) {
        var request = service().contentType("application/x-ndjson").body(body.getBytes(StandardCharsets.UTF_8));
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/api/v1/cdn/logs")
                .then();
    }

    private static JsonPath usage(String cdn) {
        return viewer().get("/api/v1/cdn/usage?by=cdn&cdn=" + cdn)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
