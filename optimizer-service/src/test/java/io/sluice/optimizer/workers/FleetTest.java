package io.sluice.optimizer.workers;

import static io.sluice.optimizer.Calls.operator;
import static io.sluice.optimizer.Calls.override;
import static io.sluice.optimizer.Calls.service;
import static io.sluice.optimizer.Calls.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.optimizer.Calls;
import io.sluice.optimizer.Optimizer;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many receivers at once, too many of them, and those that are long gone. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
class FleetTest {
    /** As {@link Optimizer} sets it. */
    private static final int MOST = 60;

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Workers workers;

    @BeforeEach
    void ready() {
        Calls.ready();
    }

    @AfterEach
    void nobody() throws SQLException {
        Calls.normal();
        change("delete from service.worker");
    }

    @Test
    void acknowledgements_that_come_together_are_judged_one_by_one() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add("many-" + i);
            register("many-" + i, "boot-" + i);
        }
        JsonPath issued = issue(1.3);
        ids.addAll(List.of("stranger", "many-3")); // one unknown, one twice
        Collections.shuffle(ids);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newFixedThreadPool(ids.size())) {
            List<Future<Response>> running = ids.stream()
                    .map(id -> all.submit(() -> acknowledge(id, boot(id), issued, "levers " + id)))
                    .toList();
            for (Future<Response> one : running) {
                statuses.add(one.get().statusCode());
            }
        }
        assertThat(statuses).hasSize(22).containsOnlyOnce(404);
        assertThat(Collections.frequency(statuses, 204)).isEqualTo(21);
        JsonPath rollout = viewer().get("/api/v1/rollouts/global/" + issued.getLong("generation"))
                .jsonPath();
        assertThat(rollout.getString("state")).isEqualTo("COMPLETE");
        assertThat(rollout.getInt("applied")).isEqualTo(20);
        viewer().get("/api/v1/workers?limit=100")
                .then()
                .body("items.acks.ignored.flatten()", hasItem("levers many-7"))
                .body("items.acks.ignored.flatten()", hasItem("a,\"b\" {c}"));
    }

    @Test
    void one_more_than_are_kept_is_refused_and_those_known_go_on() {
        for (int i = 0; i < MOST; i++) {
            register("crowd-" + i, "boot");
        }
        registration(Map.of("id", "one-more"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/too-many-receivers"))
                .body("detail", containsString("DELETE /api/v1/workers/{id}"));
        register("crowd-0", "boot-2");
        service().delete("/api/v1/workers/crowd-1").then().statusCode(204);
        register("one-more", "boot");
    }

    @Test
    void refuses_registrations_and_acknowledgements_without_bounds() {
        registration(Map.of("levers", Collections.nCopies(101, "quality")))
                .then()
                .statusCode(400);
        registration(Map.of("profiles", List.of("x".repeat(201)))).then().statusCode(400);
        registration(Map.of("version", "1\u0000")).then().statusCode(400);
        registration(Map.of("id", "a b")).then().statusCode(400);
        register("bounded", "boot");
        JsonPath held = issue(1.4);
        service()
                .body(ack("boot", held, List.of("a\u0000b")))
                .post("/api/v1/workers/bounded/acks")
                .then()
                .statusCode(400);
        service()
                .body(ack("boot", held, Collections.nCopies(101, "lever")))
                .post("/api/v1/workers/bounded/acks")
                .then()
                .statusCode(400);
    }

    @Test
    void forgets_who_is_long_gone_and_acknowledgements_of_what_is_long_over() throws SQLException {
        register("gone", "boot");
        register("here", "boot");
        JsonPath old = issue(1.1);
        acknowledge("here", "boot", old, "x").then().statusCode(204);
        JsonPath newest = issue(1.2);
        acknowledge("here", "boot", newest, "x").then().statusCode(204);
        change("update service.worker set seen_at = now() - interval '8 days' where id = 'gone'");
        change("update service.directive set issued_at = now() - interval '31 days' where scope = 'global'");
        workers.tidy().await().indefinitely();
        viewer().get("/api/v1/workers?limit=100")
                .then()
                .body("items.id", hasItem("here"))
                .body("items.id", not(hasItem("gone")));
        viewer().get("/api/v1/rollouts/global/" + old.getLong("generation"))
                .then()
                .body("workers.size()", equalTo(0));
        viewer().get("/api/v1/rollouts/global/" + newest.getLong("generation"))
                .then()
                .body("workers.id", hasItem("here"));
    }

    private static String boot(String id) {
        return "boot-" + id.substring(id.indexOf('-') + 1);
    }

    private static Response acknowledge(String id, String boot, JsonPath directive, String ignored) {
        return patient(() -> service()
                .body(ack(boot, directive, List.of(ignored, "a,\"b\" {c}")))
                .post("/api/v1/workers/" + id + "/acks"));
    }

    private static Map<String, Object> ack(String boot, JsonPath directive, List<String> ignored) {
        return Map.of(
                "bootId",
                boot,
                "scope",
                "global",
                "epoch",
                directive.getLong("epoch"),
                "generation",
                directive.getLong("generation"),
                "contentHash",
                directive.getString("contentHash"),
                "status",
                "PARTIAL",
                "ignored",
                ignored);
    }

    private static Response registration(Map<String, Object> changed) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "id",
                "refused",
                "bootId",
                "boot",
                "service",
                "image-worker",
                "version",
                "1",
                "profiles",
                List.of(),
                "levers",
                List.of()));
        body.putAll(changed);
        return service().body(body).post("/api/v1/workers");
    }

    /** A directive with this level. */
    private static JsonPath issue(double level) {
        return patient(() -> operator()
                        .body(override("global", "egress", "PIN", level, "PT1M"))
                        .post("/api/v1/overrides"))
                .jsonPath();
    }

    private static void register(String id, String boot) {
        patient(() -> registration(Map.of("id", id, "bootId", boot))).then().statusCode(200);
    }

    /** As receivers are: PostgreSQL may still be coming back from what another test did to it. */
    private static Response patient(Callable<Response> call) {
        return await().atMost(Duration.ofSeconds(30)).until(call, response -> response.statusCode() != 503);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = postgres.connect("sluice");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
