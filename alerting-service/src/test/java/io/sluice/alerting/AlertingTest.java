package io.sluice.alerting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.icegreen.greenmail.util.GreenMail;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.http.WebhookSink;
import io.sluice.testkit.http.WebhookSink.Behaviour;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(SinkResource.class)
@SuppressWarnings("NullAway.Init")
class AlertingTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @InjectPostgres
    EmbeddedPostgres postgres;

    WebhookSink sink;
    GreenMail mail;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/-/ready").then().statusCode(200));
        sink.reset();
    }

    @Test
    void tells_webhook_and_mail_that_it_fires_and_that_it_is_over() throws Exception {
        try (BlockedThreads blocked = new BlockedThreads()) {
            post(alert("Whole", "P2", "")).statusCode(200).body(equalTo(""));
            await().atMost(SOON).untilAsserted(() -> assertThat(bodies("Whole")).hasSize(1));
            assertThat(bodies("Whole").getFirst())
                    .contains(
                            "{\"receiver\":\"default\",\"status\":\"firing\",\"alerts\":[{\"status\":\"firing\",\"labels\":")
                    .contains("\"summary\":\"a\\u003cb\"", "\"endsAt\":\"0001-01-01T00:00:00Z\"", "\"version\":\"4\"")
                    .contains("\"groupKey\":\"{}:{alertname=\\\"Whole\\\"}\",\"truncatedAlerts\":0}\n");
            post(alert(
                            "Whole",
                            "P2",
                            ",\"endsAt\":\"" + Instant.ofEpochSecond(1_790_000_000) + "\",\"startsAt\":\""
                                    + Instant.ofEpochSecond(1_780_000_000) + '"'))
                    .statusCode(200);
            await().atMost(SOON).untilAsserted(() -> assertThat(bodies("Whole")).hasSize(2));
            assertThat(bodies("Whole").getLast()).contains("\"status\":\"resolved\"");
            await().atMost(SOON).until(() -> mails("Whole").size() == 2);
            MimeMessage first = mails("Whole").getFirst();
            MimeMessage second = mails("Whole").getLast();
            assertThat(first.getSubject()).isEqualTo("[FIRING:1] Whole (P2)");
            assertThat(second.getSubject()).isEqualTo("[RESOLVED] Whole (P2)");
            assertThat(first.getHeader("References")).isEqualTo(second.getHeader("References"));
            assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(first.getMessageID()).isNotEqualTo(second.getMessageID()).endsWith("@sluice>");
            blocked.assertNone();
        }
    }

    @Test
    void does_not_answer_200_when_the_commit_fails() throws Exception {
        sql("create function service.refuse() returns trigger language plpgsql as "
                + "'begin raise exception ''the commit fails''; end'");
        sql("create constraint trigger refuse after insert on service.alert deferrable initially deferred "
                + "for each row when (new.labels ->> 'alertname' = 'Uncommitted') execute function service.refuse()");
        try {
            post(alert("Uncommitted", "P1", "")).statusCode(500);
        } finally {
            sql("drop function service.refuse() cascade");
        }
        query("filter=alertname%3DUncommitted").body("size()", equalTo(0));
        post(alert("Uncommitted", "P1", "")).statusCode(200);
        query("filter=alertname%3DUncommitted").body("size()", equalTo(1));
    }

    @Test
    void does_not_answer_while_the_commit_is_under_way() throws Exception {
        sql("create function service.wait() returns trigger language plpgsql as "
                + "'begin perform pg_advisory_xact_lock(4711); return null; end'");
        sql("create constraint trigger wait after insert on service.alert deferrable initially deferred "
                + "for each row when (new.labels ->> 'alertname' = 'Slow') execute function service.wait()");
        try (Connection lock = postgres.connect("sluice");
                Statement held = lock.createStatement()) {
            held.execute("select pg_advisory_lock(4711)");
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(
                    () -> post(alert("Slow", "P1", "")).extract().statusCode());
            await().atMost(Duration.ofSeconds(4))
                    .until(() ->
                            count("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
            assertThat(answer).isNotDone();
            query("filter=alertname%3DSlow").body("size()", equalTo(0));
            held.execute("select pg_advisory_unlock(4711)");
            assertThat(answer).succeedsWithin(SOON).isEqualTo(200);
            assertThat(count("select count(*) from service.alert where labels ->> 'alertname' = 'Slow'"))
                    .isOne();
        } finally {
            sql("drop function service.wait() cascade");
        }
    }

    @Test
    void loses_nothing_that_it_answered_200_while_postgresql_goes_and_comes() {
        post(alert("Before", "P1", "")).statusCode(200);
        postgres.stop();
        try {
            post(alert("Away", "P1", ""))
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo(503));
            given().get("/q/health/ready").then().statusCode(503);
        } finally {
            postgres.restart();
        }
        await().atMost(SOON).untilAsserted(() -> post(alert("After", "P1", "")).statusCode(200));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(bodies("Before")).hasSize(1);
            assertThat(bodies("After")).hasSize(1);
        });
        assertThat(bodies("Away")).isEmpty();
    }

    @Test
    void tries_again_with_one_idempotency_key_and_honours_retry_after() {
        sink.next("Again", new Behaviour.Answer(503, null), new Behaviour.Reset(), new Behaviour.Answer(429, "2"));
        post(alert("Again", "P1", "")).statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(received("Again")).hasSize(4));
        List<WebhookSink.Received> all = received("Again");
        assertThat(all.stream().map(one -> one.headers().get("Idempotency-key")).distinct())
                .hasSize(1);
        assertThat(Duration.between(all.get(2).at(), all.get(3).at())).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
    }

    @Test
    void a_hanging_webhook_holds_back_no_mail() {
        sink.always(new Behaviour.Hang());
        post(alert("Hanging", "P1", "")).statusCode(200);
        await().atMost(Duration.ofMillis(1900)).until(() -> mails("Hanging").size() == 1);
        sink.always(new Behaviour.Answer(200, null));
        await().atMost(SOON).untilAsserted(() -> assertThat(received("Hanging")).hasSizeGreaterThan(1));
    }

    @Test
    void stops_at_a_refusal_and_shows_it() {
        sink.next("Refused", new Behaviour.Answer(404, null));
        post(alert("Refused", "P1", "")).statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> as(TestTokens.VIEWER)
                        .get("/api/v1/notifications")
                        .then()
                        .statusCode(200)
                        .body("items.findAll { it.groupKey.contains('Refused') }.state", hasItem("FAILED"))
                        .body("items.lastError", hasItem("HTTP 404")));
        assertThat(received("Refused")).hasSize(1);
    }

    @Test
    void answers_bad_bodies_as_alertmanager_does() {
        post("{").statusCode(400).body("code", equalTo(400)).body("message", containsString("parsing alerts body"));
        post("[]").statusCode(200);
        post("").statusCode(422).body("code", equalTo(602)).body("message", equalTo("alerts in body is required"));
        post("[{}]").statusCode(422).body("message", equalTo("0.labels in body is required"));
        post("[{\"labels\":{\"a\":1}}]").statusCode(400).body("code", equalTo(400));
        post("[{\"labels\":{}}]").statusCode(400).body(equalTo("\"at least one label pair required\""));
        post("[{\"labels\":{\"a\":\"b\"},\"generatorURL\":\"no url\"}]")
                .statusCode(422)
                .body("code", equalTo(601));
        post("[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"2026-11-20T10:00:00Z\",\"endsAt\":\"2026-11-20T09:00:00Z\"}]")
                .statusCode(400)
                .body(equalTo("\"start time must be before end time\""));
        given().contentType("text/plain")
                .body("[]")
                .post("/api/v2/alerts")
                .then()
                .statusCode(415)
                .body("code", equalTo(415));
        given().contentType("application/json").put("/api/v2/alerts").then().statusCode(405);
        given().get("/api/v2/nope").then().statusCode(404).body("message", equalTo("path /api/v2/nope was not found"));
        given().get("/api/v1/alerts").then().statusCode(410);
        given().queryParam("filter", "bad")
                .get("/api/v2/alerts")
                .then()
                .statusCode(400)
                .body(equalTo("\"bad matcher format: bad\""));
        given().queryParam("receiver", "[").get("/api/v2/alerts").then().statusCode(400);
    }

    @Test
    void keeps_the_valid_alerts_of_a_request_that_has_an_invalid_one() {
        post("[{\"labels\":{\"bad-name\":\"x\"}},{\"labels\":{\"alertname\":\"Beside\",\"empty\":\"\"}}]")
                .statusCode(400)
                .body(equalTo("\"invalid label set: invalid name \\\"bad-name\\\"\""));
        query("filter=alertname%3DBeside")
                .body("size()", equalTo(1))
                .body("[0].labels.size()", equalTo(1))
                .body("[0].status.state", equalTo("active"))
                .body("[0].receivers[0].name", equalTo("default"));
    }

    @Test
    void refuses_strangers_wrong_tokens_viewers_and_oversized_bodies() {
        as("wrong")
                .contentType("application/json")
                .body("[]")
                .post("/api/v2/alerts")
                .then()
                .statusCode(401);
        as(TestTokens.VIEWER)
                .contentType("application/json")
                .body("[]")
                .post("/api/v2/alerts")
                .then()
                .statusCode(403);
        as(TestTokens.SERVICE)
                .contentType("application/json")
                .body("[]")
                .post("/api/v2/alerts")
                .then()
                .statusCode(200);
        given().auth()
                .preemptive()
                .basic("prometheus", TestTokens.SERVICE)
                .contentType("application/json")
                .body("[]")
                .post("/api/v2/alerts")
                .then()
                .statusCode(200);
        given().get("/api/v1/notifications").then().statusCode(401);
        as(TestTokens.VIEWER).post("/api/v1/receivers/default/test").then().statusCode(403);
        post("[" + " ".repeat(5 * 1024 * 1024) + "]").statusCode(413);
    }

    @Test
    void tries_a_receiver_and_reports() {
        as(TestTokens.OPERATOR)
                .header("Idempotency-Key", "try-1")
                .post("/api/v1/receivers/default/test")
                .then()
                .statusCode(200)
                .body("size()", equalTo(2))
                .body("state", equalTo(List.of("SENT", "SENT")));
        as(TestTokens.OPERATOR).header("Idempotency-Key", "try-1").post("/api/v1/receivers/default/test");
        assertThat(bodies("TEST")).hasSize(1);
        as(TestTokens.OPERATOR).post("/api/v1/receivers/none/test").then().statusCode(404);
    }

    @Test
    void says_what_it_is() {
        given().get("/api/v2/status")
                .then()
                .statusCode(200)
                .body("versionInfo.size()", equalTo(6))
                .body("config.original", containsString("route:"));
        given().get("/api/v2/receivers").then().body("name", equalTo(List.of("default")));
        assertThat(given().get("/q/metrics").asString())
                .contains("alertmanager_build_info", "sluice_alerting_outbox_waiting", "sluice_alerting_alerts");
        assertThat(given().get("/q/health").asString()).contains("webhook");
        OpenApiContract.check("alerting-service", given().get("/q/openapi").asString());
    }

    private static String alert(String name, String severity, String more) {
        return "[{\"labels\":{\"alertname\":\"" + name + "\",\"severity\":\"" + severity
                + "\"},\"annotations\":{\"summary\":\"a<b\"},\"generatorURL\":\"http://g/x\"" + more + "}]";
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/v2/alerts")
                .then();
    }

    private static ValidatableResponse query(String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/v2/alerts?" + query)
                .then()
                .statusCode(200);
    }

    private static io.restassured.specification.RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private List<WebhookSink.Received> received(String name) {
        return sink.received().stream()
                .filter(one -> one.body().contains("alertname=\\\"" + name + "\\\""))
                .toList();
    }

    private List<String> bodies(String name) {
        return received(name).stream().map(WebhookSink.Received::body).toList();
    }

    private List<MimeMessage> mails(String name) throws Exception {
        List<MimeMessage> found = new java.util.ArrayList<>();
        for (MimeMessage one : mail.getReceivedMessages()) {
            if (one.getSubject().contains("] " + name + " ")) {
                found.add(one);
            }
        }
        return found;
    }

    private long count(String query) throws Exception {
        try (Connection connection = postgres.connect("sluice");
                Statement one = connection.createStatement();
                ResultSet rows = one.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = postgres.connect("sluice");
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
