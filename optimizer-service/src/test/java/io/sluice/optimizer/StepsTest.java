package io.sluice.optimizer;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.sluice.optimizer.Calls.operator;
import static io.sluice.optimizer.Calls.override;
import static io.sluice.optimizer.Calls.service;
import static io.sluice.optimizer.Calls.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StepsTest.InSteps.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
@QuarkusTestResource(value = Neighbourhood.class, restrictToAnnotatedClass = true)
class StepsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Neighbourhood.InjectNeighbours
    @SuppressWarnings("NullAway.Init")
    WireMockServer neighbours;

    /** Three quick steps. */
    public static final class InSteps implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.optimizer.rollout.steps", "0.1,0.5,1",
                    "sluice.optimizer.rollout.hold", "PT0.3S",
                    "sluice.optimizer.rollout.check", "PT0.1S",
                    "sluice.optimizer.rollout.timeout", "PT6S");
        }
    }

    @BeforeEach
    void ready() {
        neighbours.resetAll();
        neighbours.stubFor(get(urlPathMatching("/[a-z-]+/api/v1/.*")).willReturn(jsonResponse("{\"items\":[]}", 200)));
        neighbours.stubFor(
                post(urlPathEqualTo("/alerting-service/api/v2/alerts")).willReturn(ok()));
        Calls.ready();
    }

    @AfterEach
    void normal() {
        Calls.normal();
        service().delete("/api/v1/workers/stepper");
        await().atMost(SOON).until(() -> egress() == 0);
    }

    @Test
    void a_level_is_reached_step_by_step_while_every_receiver_applies_it() {
        Calls.register("stepper", "boot-1");
        long first = set(override("global", "egress", "PIN", 2, "PT5M"));
        status(first)
                .then()
                .body("steps.step", equalTo(1))
                .body("steps.of", equalTo(3))
                .body("steps.target.egress", equalTo(2f));
        assertThat(egress()).isEqualTo(0.2f);

        acknowledge(first, "APPLIED");
        long second = after(first);
        assertThat(egress()).isEqualTo(1f);
        acknowledge(second, "APPLIED");
        long third = after(second);
        assertThat(egress()).isEqualTo(2f);
        acknowledge(third, "APPLIED");
        await().atMost(SOON)
                .until(() -> "COMPLETE".equals(status(first).jsonPath().getString("steps.state")));
        status(third).then().body("steps.from", equalTo((int) first)).body("state", equalTo("COMPLETE"));
        viewer().get("/api/v1/audit?limit=50").then().body("items.action", hasItem("rollout.complete"));
    }

    @Test
    void a_rejection_brings_the_old_content_back_as_a_new_generation_with_audit_and_alert() {
        long before = Calls.generation("global");
        String old = hash(before);
        Calls.register("stepper", "boot-1");
        long first = set(override("global", "egress", "PIN", 3, "PT5M"));
        acknowledge(first, "REJECTED");

        long back = after(first);
        assertThat(egress()).isZero();
        assertThat(hash(back)).isEqualTo(old);
        status(first)
                .then()
                .body("steps.state", equalTo("ROLLED_BACK"))
                .body("steps.why", containsString("stepper rejected generation " + first));
        viewer().get("/api/v1/status").then().body("scopes[0].reason.code", equalTo("ROLLED_BACK"));
        viewer().get("/api/v1/audit?limit=50").then().body("items.action", hasItem("rollout.rolled-back"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> neighbours.verify(postRequestedFor(urlPathEqualTo("/alerting-service/api/v2/alerts"))
                                .withRequestBody(containing("RolloutRolledBack"))));
        // The override still asks for it; it is kept away.
        operator()
                .body(override("global", "egress", "PIN", 4, "PT5M").replace("}", ",\"confirm\":true}"))
                .post("/api/v1/overrides")
                .then()
                .statusCode(201);
        assertThat(egress()).isZero();
        operator()
                .body("{\"reason\":\"the worker was replaced\"}")
                .post("/api/v1/rollouts/global/" + first + "/resume")
                .then()
                .statusCode(200)
                .body("steps.state", equalTo("STEPPING"));
        assertThat(egress()).isEqualTo(0.4f);
    }

    @Test
    void who_does_not_answer_in_time_stops_it() {
        Calls.register("stepper", "boot-1");
        long first = set(override("global", "egress", "PIN", 1, "PT5M"));
        await().atMost(SOON).until(() -> egress() == 0);
        status(first).then().body("steps.why", containsString("waiting for [stepper]"));
    }

    @Test
    void operators_pause_resume_and_take_back() {
        Calls.register("stepper", "boot-1");
        long first = set(override("global", "egress", "PIN", 1, "PT5M"));
        order(first, "pause", "{\"reason\":\"lunch\"}").then().statusCode(200);
        acknowledge(first, "APPLIED");
        long paused = Calls.generation("global");
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        assertThat(Calls.generation("global")).isEqualTo(paused);
        status(first).then().body("steps.state", equalTo("PAUSED")).body("steps.why", equalTo("lunch"));
        order(first, "resume", "{\"reason\":\"back\"}").then().statusCode(200);
        after(paused); // where it waits for the acknowledgement
        order(first, "rollback", "{\"reason\":\"ugly\"}").then().statusCode(200);
        assertThat(egress()).isZero();
        status(first).then().body("steps.state", equalTo("ROLLED_BACK")).body("steps.why", containsString("ugly"));
    }

    @Test
    void immediate_skips_the_steps_and_bad_orders_are_told() {
        long generation = set(override("global", "egress", "PIN", 2, "PT5M").replace("}", ",\"immediate\":true}"));
        assertThat(egress()).isEqualTo(2f);
        status(generation).then().body("steps", nullValue());
        order(generation, "pause", "{\"reason\":\"x\"}").then().statusCode(404);
        order(generation, "pause", "{}").then().statusCode(400).body("errors.field", hasItem("reason"));
        order(generation, "pause", "").then().statusCode(400);
        order(generation, "explode", "{\"reason\":\"x\"}").then().statusCode(404);
        operator()
                .body("{\"reason\":\"x\"}")
                .post("/api/v1/rollouts/nowhere/1/pause")
                .then()
                .statusCode(400);
        viewer().body("{\"reason\":\"x\"}")
                .post("/api/v1/rollouts/global/" + generation + "/pause")
                .then()
                .statusCode(403);
        Calls.normal();
        long first = set(override("global", "egress", "PIN", 1, "PT5M"));
        order(first, "resume", "{\"reason\":\"it is not paused\"}")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/rollout-not-under-way"));
    }

    private static long set(String body) {
        JsonPath answer = operator()
                .body(body)
                .post("/api/v1/overrides")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        return answer.getLong("generation");
    }

    private static io.restassured.response.Response order(long generation, String order, String body) {
        return operator().body(body).post("/api/v1/rollouts/global/" + generation + "/" + order);
    }

    private static io.restassured.response.Response status(long generation) {
        return viewer().get("/api/v1/rollouts/global/" + generation);
    }

    private static long after(long generation) {
        await().atMost(SOON).until(() -> Calls.generation("global") > generation);
        return Calls.generation("global");
    }

    private static float egress() {
        return Calls.scope("global").get("axes") instanceof Map<?, ?> axes && axes.get("egress") instanceof Number level
                ? level.floatValue()
                : -1;
    }

    private static String hash(long generation) {
        return viewer().get("/api/v1/audit?limit=200")
                .jsonPath()
                .getString("items.find { it.action == 'directive.issued' && it.object == 'global/" + generation
                        + "' }.detail")
                .split(" ")[0];
    }

    private static void acknowledge(long generation, String status) {
        service()
                .body(Map.of(
                        "bootId",
                        "boot-1",
                        "scope",
                        "global",
                        "epoch",
                        status(generation).jsonPath().getLong("epoch"),
                        "generation",
                        generation,
                        "contentHash",
                        hash(generation),
                        "status",
                        status,
                        "ignored",
                        new String[0],
                        "message",
                        "cannot"))
                .post("/api/v1/workers/stepper/acks")
                .then()
                .statusCode(204);
    }
}
