package io.sluice.optimizer;

import static io.sluice.optimizer.Calls.generation;
import static io.sluice.optimizer.Calls.operator;
import static io.sluice.optimizer.Calls.override;
import static io.sluice.optimizer.Calls.scope;
import static io.sluice.optimizer.Calls.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
class OperationsTest {
    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @BeforeEach
    void ready() {
        Calls.ready();
    }

    @AfterEach
    void normal() {
        operator().delete("/api/v1/freeze");
        Calls.normal();
    }

    @Test
    void a_freeze_keeps_the_level_that_an_override_set_after_the_override_has_ended() {
        operator()
                .body(override("global", "egress", "PIN", 2, "PT2S"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        operator()
                .body(Map.of("ttl", "PT1M", "reason", "audit of the month"))
                .put("/api/v1/freeze")
                .then()
                .statusCode(200)
                .body("actor", notNullValue());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> viewer().get("/api/v1/overrides")
                                .jsonPath()
                                .getList("items.findAll { it.scope == 'global' }")
                                .size()
                        == 4);
        assertThat(egress("global")).isEqualTo(2f);
        viewer().get("/api/v1/status").then().body("freeze.reason", equalTo("audit of the month"));

        operator().delete("/api/v1/freeze").then().statusCode(204);
        await().atMost(Duration.ofSeconds(30)).until(() -> egress("global") == 0);
        viewer().get("/api/v1/freeze").then().statusCode(404);
    }

    @Test
    void nobody_overrides_what_is_frozen_and_a_freeze_ends_by_itself() {
        operator()
                .body(Map.of("ttl", "PT2S", "reason", "short"))
                .put("/api/v1/freeze")
                .then()
                .statusCode(200);

        operator()
                .body(override("global", "egress", "PIN", 2, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(423)
                .body("type", equalTo("/problems/frozen"))
                .body("detail", containsString("DELETE /api/v1/freeze"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> viewer().get("/api/v1/freeze").statusCode() == 404);
        operator()
                .body(override("global", "egress", "PIN", 2, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
    }

    @Test
    void a_freeze_needs_an_end_and_a_reason() {
        operator()
                .body("{}")
                .put("/api/v1/freeze")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("ttl"))
                .body("errors.field", hasItem("reason"));
        operator()
                .body(Map.of("ttl", "PT25H", "reason", "r"))
                .put("/api/v1/freeze")
                .then()
                .statusCode(400);
        operator().delete("/api/v1/freeze").then().statusCode(404);
    }

    @Test
    void levels_that_throttle_need_a_second_thought() {
        operator()
                .body(override("global", "compute", "PIN", 1, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("confirm"));
        operator()
                .body(override("global", "origin", "FLOOR", 3, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(400);
        operator()
                .body(override("global", "origin", "CEILING", 3, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        operator()
                .body(override("global", "origin", "FLOOR", 2, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
    }

    @Test
    void a_rollback_is_a_new_generation_with_the_levels_of_an_earlier_one() {
        operator()
                .body(override("global", "egress", "PIN", 1.5, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        long wanted = generation("global");
        operator()
                .body(override("global", "egress", "PIN", 3, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        long now = generation("global");
        assertThat(now).isGreaterThan(wanted);
        Map<String, Object> back = Map.of("generation", wanted, "ttl", "PT1M", "reason", "too hard");

        operator()
                .body(back)
                .post("/api/v1/rollbacks?dryRun=true")
                .then()
                .statusCode(200)
                .body("axes.egress", equalTo(1.5f));
        assertThat(generation("global")).isEqualTo(now);
        for (int status : new int[] {201, 200}) {
            operator()
                    .header("Idempotency-Key", "back-" + wanted)
                    .body(back)
                    .post("/api/v1/rollbacks")
                    .then()
                    .statusCode(status)
                    .body("generation", greaterThan((int) now))
                    .body("overrides", hasSize(4))
                    .body("axes.egress", equalTo(1.5f));
        }
        assertThat(egress("global")).isEqualTo(1.5f);
        operator()
                .body(Map.of("generation", 999999, "ttl", "PT1M", "reason", "r"))
                .post("/api/v1/rollbacks")
                .then()
                .statusCode(404);
    }

    @Test
    void a_rollback_to_a_throttling_generation_needs_a_second_thought() {
        operator()
                .body(
                        "{\"axis\":\"origin\",\"kind\":\"PIN\",\"level\":3,\"ttl\":\"PT1M\",\"reason\":\"r\",\"confirm\":true}")
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        long throttling = generation("global");
        operator()
                .body(Map.of("generation", throttling, "ttl", "PT1M", "reason", "r"))
                .post("/api/v1/rollbacks")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("confirm"));
    }

    @Test
    void the_audit_says_who_did_what_and_notices_a_change_of_the_past() throws SQLException {
        operator()
                .body(override("global", "egress", "PIN", 1, "PT1M"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        viewer().get("/api/v1/audit?limit=20")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("directive.issued"))
                .body("items.action", hasItem("override.set"));
        viewer().get("/api/v1/audit?limit=1").then().body("next", notNullValue());
        viewer().get("/api/v1/audit/verification")
                .then()
                .body("intact", equalTo(true))
                .body("entries", greaterThan(1));

        change("update service.audit set detail = detail || ' not' where seq = 2");
        viewer().get("/api/v1/audit/verification")
                .then()
                .body("intact", equalTo(false))
                .body("brokenAt", equalTo(2));
        change("update service.audit set detail = left(detail, -4) where seq = 2");
        viewer().get("/api/v1/audit/verification").then().body("intact", equalTo(true));
    }

    @Test
    void last_week_under_another_policy_says_what_it_would_have_saved_and_cost() throws SQLException {
        change("""
                insert into service.usage_hour
                select 'replayed', date_trunc('hour', now()) - (200 - n) * interval '1 hour', 'egress', 'USD', 100, n * 0.2,
                       0, 1, date_trunc('hour', now()) - interval '10 days', date_trunc('hour', now()) + interval '20 days'
                from generate_series(0, 200) as n on conflict do nothing""");
        operator()
                .body("{\"budgetId\":\"replayed\",\"limit\":\"25\",\"pricePerUnit\":\"2\"}")
                .post("/api/v1/replays")
                .then()
                .statusCode(200)
                .body("hours", greaterThan(160))
                .body("unit", equalTo("USD"))
                .body("nothing.lost", equalTo(0f))
                .body("policy.lost", greaterThan(1f))
                .body("policy.used", lessThan(26f))
                .body("money", notNullValue())
                .body("policy.hours", hasSize(5));
        viewer().body("{\"budgetId\":\"nobody\"}")
                .post("/api/v1/replays")
                .then()
                .statusCode(400);
        viewer().body("{\"budgetId\":\"replayed\",\"limit\":\"0\"}")
                .post("/api/v1/replays")
                .then()
                .statusCode(400);
    }

    private void change(String sql) throws SQLException {
        try (var connection = postgres.connect("sluice");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static float egress(String scope) {
        return scope(scope).get("axes") instanceof Map<?, ?> axes && axes.get("egress") instanceof Number level
                ? level.floatValue()
                : -1;
    }
}
