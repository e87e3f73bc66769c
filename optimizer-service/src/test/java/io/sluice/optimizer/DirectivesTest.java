package io.sluice.optimizer;

import static io.restassured.RestAssured.given;
import static io.sluice.optimizer.Calls.generation;
import static io.sluice.optimizer.Calls.operator;
import static io.sluice.optimizer.Calls.override;
import static io.sluice.optimizer.Calls.register;
import static io.sluice.optimizer.Calls.scope;
import static io.sluice.optimizer.Calls.service;
import static io.sluice.optimizer.Calls.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
class DirectivesTest {
    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @TestHTTPResource("")
    @SuppressWarnings("NullAway.Init")
    String base;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Vertx vertx;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ObjectMapper json;

    @BeforeEach
    void ready() {
        Calls.ready();
    }

    @AfterEach
    void normal() {
        Calls.normal();
    }

    @Test
    void begins_with_an_explicit_normal() {
        try (Following receiver = follow("first")) {
            await().until(() -> receiver.inbox().view().lease("global").isPresent());
            assertThat(receiver.events().getFirst().name()).isEqualTo("hello");
            assertThat(receiver.inbox().digest())
                    .isEqualTo(viewer().get("/api/v1/directives").jsonPath().getString("digest"));
        }
    }

    @Test
    void an_override_reaches_a_receiver_and_its_acknowledgement_completes_the_rollout() {
        register("worker-a", "boot-1");
        try (Following receiver = follow("worker-a")) {
            await().until(() -> receiver.inbox().view().lease("global").isPresent());
            long generation = set(override("global", "egress", "PIN", 2, "PT2M"))
                    .jsonPath()
                    .getLong("generation");
            await().untilAsserted(() -> assertThat(held(receiver).generation()).isEqualTo(generation));
            assertThat(held(receiver).mix().lower()).isEqualTo(2);
            assertThat(held(receiver).levels().getOrDefault(2, LevelCaps.NONE).quality())
                    .containsEntry("avif", 50);

            rollout(generation, "PT0S").then().body("state", equalTo("IN_PROGRESS"));
            acknowledge("worker-a", "boot-1", held(receiver), "APPLIED").then().statusCode(204);
            acknowledge("worker-a", "boot-1", held(receiver), "APPLIED").then().statusCode(204);
            rollout(generation, "PT5S")
                    .then()
                    .body("state", equalTo("COMPLETE"))
                    .body("workers.find { it.id == 'worker-a' }.status", equalTo("APPLIED"));
        } finally {
            service().delete("/api/v1/workers/worker-a").then().statusCode(204);
        }
    }

    @Test
    void a_rollout_does_not_complete_while_one_live_receiver_has_not_acknowledged() {
        register("worker-b", "boot-1");
        register("worker-c", "boot-1");
        try (Following receiver = follow("worker-b")) {
            long generation = set(override("global", "egress", "PIN", 1, "PT2M"))
                    .jsonPath()
                    .getLong("generation");
            await().until(() -> held(receiver).generation() == generation);
            acknowledge("worker-b", "boot-1", held(receiver), "APPLIED").then().statusCode(204);

            rollout(generation, "PT1.2S")
                    .then()
                    .body("state", equalTo("IN_PROGRESS"))
                    .body("audience", equalTo(2))
                    .body("applied", equalTo(1));
            viewer().get("/api/v1/workers")
                    .then()
                    .body("items.find { it.id == 'worker-c' }.why", containsString("it has acknowledged none"));

            acknowledge("worker-c", "boot-1", held(receiver), "REJECTED").then().statusCode(204);
            rollout(generation, "PT0S").then().body("state", equalTo("REJECTED"));
            acknowledge("worker-c", "boot-1", held(receiver), "APPLIED").then().statusCode(204);
            rollout(generation, "PT0S").then().body("state", equalTo("REJECTED"));
        } finally {
            service().delete("/api/v1/workers/worker-b");
            service().delete("/api/v1/workers/worker-c");
        }
    }

    @Test
    void refuses_acknowledgements_of_what_was_never_sent() {
        register("worker-d", "boot-1");
        try (Following receiver = follow("worker-d")) {
            await().until(() -> receiver.inbox().view().lease("global").isPresent());
            Directive held = held(receiver);
            acknowledge("nobody", "boot-1", held, "APPLIED").then().statusCode(404);
            acknowledge("worker-d", "boot-0", held, "APPLIED")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/other-boot"));
            post("worker-d", "boot-1", held.epoch(), 999_999, held.contentHash(), "APPLIED")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/never-sent"));
            post("worker-d", "boot-1", held.epoch(), held.generation(), "sha256:other", "APPLIED")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/content-mismatch"));
            assertThat(given().get("/q/metrics").asString())
                    .contains("sluice_optimizer_acks_refused_total{reason=\"never_sent\"}")
                    .contains("sluice_optimizer_acks_refused_total{reason=\"unknown_worker\"}");
        } finally {
            service().delete("/api/v1/workers/worker-d");
        }
    }

    @Test
    void an_override_ends_by_itself_with_a_new_generation() {
        long during =
                set(override("global", "egress", "FLOOR", 1, "PT1S")).jsonPath().getLong("generation");
        await().atMost(Duration.ofSeconds(5)).until(() -> generation("global") > during);
        assertThat(scope("global").get("endsAt")).isNull();
        assertThat(scope("global").get("levels"))
                .isEqualTo(Map.of("egress", 0, "origin", 0, "compute", 0, "availability", 0));
    }

    @Test
    void origin_lengthens_lifetimes_and_throttles_but_never_lowers_quality() {
        set(override("global", "origin", "PIN", 3, "PT1M").replace("}", ",\"confirm\":true}"));
        try (Following receiver = follow("viewer")) {
            await().until(() -> receiver.inbox().view().lease("global").isPresent());
            Directive directive = held(receiver);
            assertThat(directive.mix().upper()).isZero();
            assertThat(directive.cache()).isNotNull().satisfies(cache -> {
                assertThat(cache.ttlMultiplier()).isEqualTo(8);
                assertThat(cache.warmingPaused()).isTrue();
            });
            assertThat(directive.throttle()).isNotNull();
        }
    }

    @Test
    void a_collection_has_its_own_directive() {
        set(override("global", "egress", "PIN", 1, "PT1M"));
        set(override("collection:legal", "egress", "PIN", 0, "PT1M"));
        try (Following receiver = follow("viewer")) {
            await().until(() -> receiver.inbox().view().leases().size() > 1);
            assertThat(held(receiver).axes().egress()).isEqualTo(1);
            assertThat(receiver.inbox()
                            .view()
                            .of("legal", System.nanoTime())
                            .orElseThrow()
                            .directive()
                            .axes()
                            .egress())
                    .isZero();
        }
    }

    @Test
    void a_dry_run_changes_nothing() {
        long before = generation("global");
        operator()
                .body(override("global", "egress", "PIN", 2, "PT1M"))
                .post("/api/v1/overrides?dryRun=true")
                .then()
                .statusCode(200)
                .body("axes.egress", equalTo(2.0f));
        assertThat(generation("global")).isEqualTo(before);
        viewer().get("/api/v1/overrides").then().body("items.size()", equalTo(0));
    }

    @Test
    void repeats_with_the_same_key_and_refuses_another_body() {
        String key = UUID.randomUUID().toString();
        String first = with(key, override("global", "egress", "PIN", 1, "PT1M"))
                .then()
                .statusCode(201)
                .extract()
                .path("override.id");
        with(key, override("global", "egress", "PIN", 1, "PT1M"))
                .then()
                .statusCode(200)
                .body("override.id", equalTo(first));
        with(key, override("global", "egress", "PIN", 2, "PT1M"))
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void refuses_overrides_that_are_not_whole() {
        refused("{\"axis\":\"egress\",\"kind\":\"PIN\",\"level\":1,\"reason\":\"x\"}", "ttl");
        refused("{\"axis\":\"egress\",\"kind\":\"PIN\",\"level\":1,\"ttl\":\"PT25H\",\"reason\":\"x\"}", "ttl");
        refused("{\"axis\":\"egress\",\"kind\":\"PIN\",\"level\":1,\"ttl\":\"PT1M\"}", "reason");
        refused(override("global", "egress", "PIN", 5, "PT1M"), "level");
        refused(override("global", "egress", "PIN", -1, "PT1M"), "level");
        refused(override("global", "egress", "PIN", 4, "PT1M"), "confirm");
        refused(override("global", "quality", "PIN", 1, "PT1M"), "axis");
        refused(override("bad scope", "egress", "PIN", 1, "PT1M"), "scope");
        refused("{\"axis\":\"egress\",\"kind\":\"PIN\",\"level\":\"NaN\",\"ttl\":\"PT1M\",\"reason\":\"x\"}", "level");
        operator()
                .body("{\"axis\":")
                .post("/api/v1/overrides")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/malformed-json"));
        viewer().body(override("global", "egress", "PIN", 1, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(403);
        operator().body("{}").post("/api/v1/workers").then().statusCode(403);
        service().body("{\"bootId\":\"x\"}").post("/api/v1/workers").then().statusCode(400);
        viewer().get("/api/v1/rollouts/global/1?wait=PT5M").then().statusCode(400);
        viewer().get("/api/v1/rollouts/global/999999").then().statusCode(404);
        viewer().get("/api/v1/rollouts/nowhere/1").then().statusCode(400);
    }

    @Test
    void answers_304_while_nothing_changes() {
        String etag = viewer().get("/api/v1/directives").getHeader("ETag");
        viewer().header("If-None-Match", etag).get("/api/v1/directives").then().statusCode(304);
        set(override("global", "egress", "PIN", 1, "PT1M"));
        viewer().header("If-None-Match", etag).get("/api/v1/directives").then().statusCode(200);
    }

    @Test
    void the_stream_needs_a_token() {
        given().get("/api/v1/directives/stream").then().statusCode(401);
        given().header("Authorization", "Bearer nobody")
                .get("/api/v1/directives/stream")
                .then()
                .statusCode(401);
    }

    @Test
    void policies_change_by_version() {
        String etag = viewer().get("/api/v1/policies/cdn-cost").getHeader("ETag");
        String change = "{\"enabled\":true}";
        operator().body(change).put("/api/v1/policies/cdn-cost").then().statusCode(428);
        operator()
                .header("If-Match", "\"0\"")
                .body(change)
                .put("/api/v1/policies/cdn-cost")
                .then()
                .statusCode(412);
        operator()
                .header("If-Match", etag)
                .body(change)
                .put("/api/v1/policies/cdn-cost")
                .then()
                .statusCode(200);
        operator()
                .header("If-Match", etag)
                .body(change)
                .put("/api/v1/policies/cdn-cost")
                .then()
                .statusCode(412);
        operator()
                .header("If-Match", etag)
                .body(
                        "{\"pacing\":{\"kappa\":-1,\"activateAt\":0.03,\"releaseBelow\":0.01,\"minChange\":0.02,\"staleAfter\":\"PT6H\"}}")
                .put("/api/v1/policies/cdn-cost")
                .then()
                .statusCode(400);
        viewer().get("/api/v1/policies/none").then().statusCode(404);
        viewer().get("/api/v1/policies").then().body("items.id", hasItem("lfs-quota"));
    }

    @Test
    void heartbeats_end_with_certainty_while_postgresql_is_away_and_the_stream_goes_on() {
        try (Following receiver = follow("viewer")) {
            await().until(() -> receiver.count("heartbeat") > 1);
            postgres.stop();
            try {
                operator()
                        .body(override("global", "egress", "PIN", 1, "PT1M"))
                        .post("/api/v1/overrides")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", "5");
                viewer().get("/api/v1/directives").then().statusCode(200);
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                    long before = receiver.count("heartbeat");
                    await().pollDelay(Duration.ofMillis(900)).until(() -> true);
                    assertThat(receiver.count("heartbeat")).isEqualTo(before);
                });
                try (Following late = follow("late")) {
                    await().until(() -> late.inbox().view().lease("global").isPresent());
                }
            } finally {
                postgres.restart();
            }
            long silent = receiver.count("heartbeat");
            await().atMost(Duration.ofSeconds(20)).until(() -> receiver.count("heartbeat") > silent);
            assertThat(receiver.count("hello")).isEqualTo(1);
        }
    }

    @Test
    void no_event_loop_is_blocked_and_the_api_is_the_committed_one() {
        try (BlockedThreads blocked = new BlockedThreads()) {
            OpenApiContract.check("optimizer-service", given().get("/q/openapi").asString());
            for (int i = 0; i < 20; i++) {
                viewer().get("/api/v1/status").then().statusCode(200);
                viewer().get("/api/v1/decisions?limit=5").then().statusCode(200);
            }
            blocked.assertNone();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> viewer().get("/api/v1/status").then().body("leadership.leads", equalTo(true)));
        // Only the names: the registry outlives an application that was started again in the same process.
        assertThat(given().get("/q/metrics").asString())
                .contains(
                        "sluice_optimizer_level{axis=\"egress\"}", "sluice_optimizer_leader", "sluice_optimizer_epoch");
    }

    private Following follow(String worker) {
        return new Following(vertx, json, base.endsWith("/") ? base.substring(0, base.length() - 1) : base, worker);
    }

    private static Directive held(Following receiver) {
        return receiver.inbox()
                .view()
                .lease("global")
                .map(lease -> lease.directive())
                .orElseThrow();
    }

    private static Response set(String body) {
        Response response = operator().body(body).post("/api/v1/overrides");
        response.then().statusCode(201);
        return response;
    }

    private static Response with(String key, String body) {
        return operator().header("Idempotency-Key", key).body(body).post("/api/v1/overrides");
    }

    private static void refused(String body, String field) {
        operator().body(body).post("/api/v1/overrides").then().statusCode(400).body("errors.field", hasItem(field));
    }

    private static Response rollout(long generation, String wait) {
        return viewer().get("/api/v1/rollouts/global/" + generation + "?wait=" + wait);
    }

    private static Response acknowledge(String worker, String boot, Directive directive, String status) {
        return post(worker, boot, directive.epoch(), directive.generation(), directive.contentHash(), status);
    }

    private static Response post(String worker, String boot, long epoch, long generation, String hash, String status) {
        return service()
                .body(Map.of(
                        "bootId", boot,
                        "scope", "global",
                        "epoch", epoch,
                        "generation", generation,
                        "contentHash", hash,
                        "status", status,
                        "ignored", new String[0]))
                .post("/api/v1/workers/" + worker + "/acks");
    }
}
