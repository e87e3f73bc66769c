package io.sluice.metrics.samples;

import static io.restassured.RestAssured.given;
import static io.sluice.metrics.MetricsApi.as;
import static io.sluice.metrics.MetricsApi.operator;
import static io.sluice.metrics.MetricsApi.service;
import static io.sluice.metrics.MetricsApi.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.sluice.metrics.MetricsApi;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
class SamplesTest {
    @BeforeEach
    void ready() {
        MetricsApi.awaitReady();
    }

    @Test
    void takes_a_batch_and_answers_with_percentiles() {
        String samples = IntStream.rangeClosed(1, 1000)
                .mapToObj(i ->
                        sample("edge.duration", "histogram", i / 1000.0, "\"unit\":\"s\",\"labels\":{\"f\":\"avif\"}"))
                .collect(Collectors.joining(","));
        service()
                .body(batch("w1", "p-1", samples))
                .post("/api/v1/samples")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1000), "rejected", hasSize(0), "duplicate", equalTo(false));
        viewer().config(doubles())
                .get("/api/v1/metrics/edge.duration/percentiles?q=0.5,0.99&by=f")
                .then()
                .statusCode(200)
                .body("unit", equalTo("s"))
                .body("relativeError", equalTo(0.0108))
                .body("series[0].labels.f", equalTo("avif"))
                .body("series[0].points[0].count", equalTo(1000))
                .body("series[0].points[0].values[0]", closeTo(0.5, 0.5 * 0.0109))
                .body("series[0].points[0].values[1]", closeTo(0.99, 0.99 * 0.0109));
    }

    @Test
    void counts_a_batch_once_however_often_it_is_sent() {
        String body = batch("w1", "twice", sample("twice.total", "counter", 5, ""));
        service().body(body).post("/api/v1/samples").then().statusCode(202);
        service()
                .body(body)
                .post("/api/v1/samples")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0), "duplicate", equalTo(true));
        assertSum("twice.total", 5);
        service().body(body.replace("w1", "w2")).post("/api/v1/samples").then().statusCode(202);
        assertSum("twice.total", 10);
    }

    @Test
    void counts_a_batch_once_when_its_copies_share_a_commit() throws Exception {
        List<Callable<Integer>> posts = IntStream.range(0, 160)
                .<Callable<Integer>>mapToObj(i -> () -> service()
                        .body(batch("w1", "copy-" + i / 4, sample("copies.total", "counter", 5, "")))
                        .post("/api/v1/samples")
                        .statusCode())
                .toList();
        List<Integer> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(16)) {
            for (Future<Integer> posted : pool.invokeAll(posts)) {
                answers.add(posted.get());
            }
        }
        assertThat(answers).containsOnly(200, 202);
        assertThat(Collections.frequency(answers, 202)).isEqualTo(40);
        assertSum("copies.total", 200);
    }

    @Test
    void adds_up_batches_in_the_same_window() {
        for (int i = 0; i < 5; i++) {
            service()
                    .body(batch("w1", null, sample("added.total", "counter", 2, "")))
                    .post("/api/v1/samples")
                    .then()
                    .statusCode(202);
        }
        assertSum("added.total", 10);
    }

    @Test
    void refuses_samples_one_by_one_with_a_reason() {
        long now = Instant.now().toEpochMilli();
        String samples = String.join(
                ",",
                sample("ok", "gauge", -1, ""),
                sample("old", "gauge", 1, "\"ts\":" + (now - 49 * 3_600_000L)),
                sample("ahead", "gauge", 1, "\"ts\":" + (now + 6 * 60_000L)),
                "{\"name\":\"nan\",\"kind\":\"gauge\",\"value\":\"NaN\"}",
                "{\"name\":\"inf\",\"kind\":\"gauge\",\"value\":1e999}",
                sample("bad name", "gauge", 1, ""),
                sample("label", "gauge", 1, "\"labels\":{\"a b\":\"c\"}"),
                sample("negative", "histogram", -1, ""),
                sample("weight", "counter", 1, "\"weight\":0"),
                "{\"name\":\"kind\",\"value\":1}",
                sample("unit", "gauge", 1, "\"unit\":\"\""));
        service()
                .body(batch("w1", "reasons", samples))
                .post("/api/v1/samples")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body(
                        "rejected.index",
                        equalTo(IntStream.rangeClosed(1, 10).boxed().toList()))
                .body(
                        "rejected.reason.join(',')",
                        equalTo("too_old,in_the_future,not_finite,not_finite,bad_name,"
                                + "bad_label,negative,bad_weight,bad_kind,bad_unit"));
        assertThat(given().get("/q/metrics").asString()).contains("sluice_samples_rejected_total{reason=\"too_old\"}");
    }

    @Test
    void weighs_samples_that_stand_for_several() {
        service()
                .body(batch("w1", null, sample("weighed.total", "counter", 3, "\"weight\":10")))
                .post("/api/v1/samples")
                .then()
                .statusCode(202);
        assertSum("weighed.total", 30);
    }

    @Test
    void keeps_late_samples_by_the_minute() {
        Instant then = Instant.now().minusSeconds(30 * 3600);
        service()
                .body(batch("w1", null, sample("late.total", "counter", 7, "\"ts\":" + then.toEpochMilli())))
                .post("/api/v1/samples")
                .then()
                .statusCode(202);
        viewer().get("/api/v1/metrics/late.total/series?from=" + then.minusSeconds(60) + "&to=" + then.plusSeconds(60))
                .then()
                .statusCode(200)
                .body("resolution", equalTo("PT1M"))
                .body("series[0].points[0].sum", equalTo(7.0f));
    }

    @Test
    void lists_metrics_in_pages() {
        String samples = IntStream.range(0, 3)
                .mapToObj(i -> sample("listed." + i, "gauge", i, ""))
                .collect(Collectors.joining(","));
        service()
                .body(batch("w1", null, samples))
                .post("/api/v1/samples")
                .then()
                .statusCode(202);
        String cursor = null;
        java.util.List<String> names = new java.util.ArrayList<>();
        do {
            var page = viewer().queryParam("limit", 2)
                    .queryParam("cursor", cursor == null ? new Object[0] : new Object[] {cursor})
                    .get("/api/v1/metrics")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            names.addAll(page.getList("items.name", String.class));
            cursor = page.getString("next");
        } while (cursor != null);
        assertThat(names).isSorted();
        assertThat(names.stream().filter(name -> name.startsWith("listed")))
                .containsExactly("listed.0", "listed.1", "listed.2");
    }

    @Test
    void refuses_what_is_not_a_batch() {
        service()
                .body("{\"source\":")
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/malformed-json"));
        service()
                .body("{\"samples\":[]}")
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("source"));
        service().body("{\"source\":\"a\"}").post("/api/v1/samples").then().statusCode(400);
        service()
                .body(batch("a", null, "{\"name\":\"n\",\"kind\":\"gauge\",\"value\":\"much\"}"))
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("samples[0].value"));
        service()
                .body(batch("a", null, "{\"name\":\"n\",\"kind\":\"meter\",\"value\":1}"))
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("detail", containsString("counter gauge histogram"));
        service()
                .body(batch("x".repeat(201), null, ""))
                .post("/api/v1/samples")
                .then()
                .statusCode(400);
        service().body("").post("/api/v1/samples").then().statusCode(400);
    }

    @Test
    void names_fields_it_does_not_know() {
        service()
                .body(batch("a", null, sample("known", "gauge", 1, "\"colour\":\"red\"")))
                .post("/api/v1/samples")
                .then()
                .statusCode(202)
                .header("Sluice-Ignored-Fields", "/samples/0/colour");
    }

    @Test
    void refuses_batches_that_are_too_large() {
        String many = IntStream.range(0, 10_001)
                .mapToObj(i -> sample("m", "gauge", 1, ""))
                .collect(Collectors.joining(","));
        service()
                .body(batch("a", null, many))
                .post("/api/v1/samples")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("10000 samples"));
        service()
                .body(batch("a", null, "{\"name\":\"" + "x".repeat(5 << 20) + "\"}"))
                .post("/api/v1/samples")
                .then()
                .statusCode(413)
                .body("type", equalTo("/problems/body-too-large"));
    }

    @Test
    void wants_to_know_the_length_of_a_batch() throws Exception {
        byte[] body = batch("chunked", null, sample("m", "gauge", 1, "")).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/samples"))
                .header("Authorization", "Bearer " + TestTokens.SERVICE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(411);
            assertThat(answer.body()).contains("/problems/length-required");
        }
    }

    @Test
    void is_for_services_and_operators() {
        String body = batch("a", null, sample("m", "gauge", 1, ""));
        given().contentType("application/json")
                .body(body)
                .post("/api/v1/samples")
                .then()
                .statusCode(401);
        as("wrong").body(body).post("/api/v1/samples").then().statusCode(401);
        viewer().body(body).post("/api/v1/samples").then().statusCode(403);
        operator().body(body).post("/api/v1/samples").then().statusCode(202);
        given().get("/api/v1/metrics").then().statusCode(401);
    }

    @Test
    void refuses_questions_that_cannot_be_answered() {
        service()
                .body(batch("a", null, sample("asked", "histogram", 1, "")))
                .post("/api/v1/samples")
                .then()
                .statusCode(202);
        String asked = "/api/v1/metrics/asked/percentiles";
        viewer().get(asked + "?q=2").then().statusCode(400).body("errors[0].field", equalTo("q"));
        viewer().get(asked + "?q=x").then().statusCode(400);
        viewer().get(asked + "?from=yesterday").then().statusCode(400).body("errors[0].field", equalTo("from"));
        viewer().get(asked + "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                .then()
                .statusCode(400);
        viewer().get(asked + "?step=1m").then().statusCode(400).body("errors[0].field", equalTo("step"));
        viewer().get(asked + "?step=PT0S").then().statusCode(400);
        viewer().get(asked + "?filter=x").then().statusCode(400);
        viewer().get("/api/v1/metrics/none/percentiles")
                .then()
                .statusCode(404)
                .body("detail", equalTo("There is no histogram metric 'none'."));
        viewer().get("/api/v1/metrics?limit=0").then().statusCode(400);
        viewer().get("/api/v1/metrics?cursor=*").then().statusCode(400);
    }

    @Test
    void says_which_metrics_there_are_when_a_name_has_several() {
        service()
                .body(batch(
                        "a",
                        null,
                        sample("dual", "histogram", 1, "\"unit\":\"s\"") + ","
                                + sample("dual", "histogram", 1, "\"unit\":\"By\"")))
                .post("/api/v1/samples")
                .then()
                .statusCode(202);
        viewer().get("/api/v1/metrics/dual/percentiles")
                .then()
                .statusCode(400)
                .body("detail", containsString("histogram in By, histogram in s"));
        viewer().get("/api/v1/metrics/dual/percentiles?unit=By").then().statusCode(200);
        viewer().get("/api/v1/metrics").then().body("items.unit", hasItem("By"));
    }

    private static void assertSum(String metric, double sum) {
        viewer().config(doubles())
                .get("/api/v1/metrics/" + metric + "/series")
                .then()
                .statusCode(200)
                .body("series[0].points.sum.sum()", equalTo(sum));
    }

    private static RestAssuredConfig doubles() {
        return RestAssuredConfig.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));
    }

    private static String sample(String name, String kind, double value, String more) {
        return "{\"name\":\"%s\",\"kind\":\"%s\",\"value\":%s%s}"
                .formatted(name, kind, value, more.isEmpty() ? "" : "," + more);
    }

    private static String batch(String source, @org.jspecify.annotations.Nullable String id, String samples) {
        return "{\"source\":\"%s\",%s\"samples\":[%s]}"
                .formatted(source, id == null ? "" : "\"batchId\":\"" + id + "\",", samples);
    }
}
