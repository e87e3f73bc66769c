package io.sluice.lfs.thresholds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.lfs.Peers;
import io.sluice.lfs.TestClock;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.github.LfsSku;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budgets as they are served, and the alerts that follow; each test in a month of its own, on the 18th at noon. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Peers.class)
@SuppressWarnings("NullAway.Init")
class ThresholdWatchTest {
    private static final AtomicInteger MONTHS = new AtomicInteger();

    @InjectPostgres
    EmbeddedPostgres postgres;

    Peers peers;

    @Inject
    TestClock clock;

    @Inject
    ThresholdWatch watch;

    private YearMonth month;
    private Instant noon;

    @BeforeEach
    void bill_half_a_month() {
        month = YearMonth.of(2040, 1).plusMonths(2L * MONTHS.getAndIncrement());
        noon = month.atDay(18).atTime(12, 0).toInstant(ZoneOffset.UTC);
        peers.reset(clock, noon);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        pull(month.atDay(1), month.atDay(18));
    }

    @Test
    void serves_the_budgets_of_the_account() {
        JsonPath budgets = budgets();

        assertThat(budgets.getList("items.id")).contains("lfs-bandwidth:acme", "lfs-storage:acme", "lfs-cost:acme");
        as("viewer")
                .get("/api/v1/budgets/lfs-bandwidth:acme")
                .then()
                .statusCode(200)
                .body("kind", equalTo("LFS_BANDWIDTH"))
                .body("unit", equalTo("GiB"))
                .body("limit", equalTo("250"))
                .body("source", equalTo("BILLED"))
                .body("periodStart", equalTo(month.atDay(1) + "T00:00:00Z"))
                .body("usedAt", equalTo(noon.toString()))
                .body("basis", containsString("limit of the plan team"));
        as("viewer")
                .get("/api/v1/budgets/lfs-storage:acme")
                .then()
                .body("unit", equalTo("GiB-hour"))
                .body("limit", equalTo(Integer.toString(250 * 24 * month.lengthOfMonth())));
        as("viewer").get("/api/v1/budgets/lfs-cost:acme").then().body("unit", equalTo("USD"));
        as("viewer").get("/api/v1/budgets/none").then().statusCode(404);
        assertThat(given().get("/q/metrics").asString())
                .contains(
                        "sluice_lfs_used_bytes{kind=\"lfs_bandwidth\"", "sluice_lfs_quota_ratio{kind=\"lfs_storage\"");
    }

    @Test
    void projects_from_days_that_are_complete() {
        pullAgainLater();
        as("viewer")
                .get("/api/v1/budgets/lfs-bandwidth:acme")
                .then()
                .body("basis", containsString("drawn 500 times"))
                .body("exceedProbability", equalTo(0.0f));
        JsonPath budget = budgets();
        assertThat(decimal(budget, "lfs-bandwidth:acme", "projected.p50"))
                .isGreaterThan(decimal(budget, "lfs-bandwidth:acme", "used"));
        assertThat(decimal(budget, "lfs-cost:acme", "projected.p50")).isZero();
    }

    @Test
    void alerts_once_for_each_threshold_and_resolves_when_github_restates() {
        push(new BigDecimal("0.92"));

        look();
        look();

        assertThat(firing()).containsExactlyInAnyOrder("80 P4", "90 P3");
        JsonPath alert = JsonPath.from(peers.alerts().getLast());
        assertThat(alert.getString("[0].labels.alertname")).isEqualTo("LfsQuota");
        assertThat(alert.getString("[0].labels.service")).isEqualTo("lfs-tracker");
        assertThat(alert.getString("[0].labels.budget")).isEqualTo("lfs-bandwidth:acme");
        assertThat(alert.getString("[0].annotations.summary")).contains("acme has used 80 %");
        assertThat(alert.getString("[0].startsAt"))
                .isEqualTo(noon.plusSeconds(60).toString());

        peers.github().reset();
        pullAgainLater();
        look();
        assertThat(JsonPath.from(peers.alerts().getLast()).getList("endsAt"))
                .hasSize(2)
                .doesNotContainNull();
        int told = peers.alerts().size();
        look();
        assertThat(peers.alerts()).hasSize(told);
    }

    @Test
    void resolves_when_a_new_month_begins() {
        push(new BigDecimal("1.01"));
        look();
        assertThat(firing()).containsExactlyInAnyOrder("80 P4", "90 P3", "95 P2", "100 P1");

        peers.at(clock, month.plusMonths(1).atDay(1).atTime(1, 0).toInstant(ZoneOffset.UTC));
        look();

        assertThat(firing()).isEmpty();
    }

    @Test
    void loses_no_alert_while_alerting_service_or_postgresql_is_away() {
        peers.alertingAnswers(503);
        push(new BigDecimal("0.85"));
        look();
        assertThat(peers.alerts()).isEmpty();

        postgres.stop();
        try {
            peers.alertingAnswers(200);
            watch.tick().await().atMost(Duration.ofSeconds(15));
            as("viewer").get("/api/v1/budgets").then().statusCode(503);
        } finally {
            postgres.restart();
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            watch.tick().await().atMost(Duration.ofSeconds(15));
            assertThat(firing()).containsExactly("80 P4");
        });
    }

    @Test
    void keeps_budgets_of_single_repositories() {
        String limit = """
                {"kind":"LFS_BANDWIDTH","repository":"Photo-Assets","limit":"1"}""";
        as("operator").body(limit).put("/api/v1/budgets/photos").then().statusCode(200);
        as("operator").body(limit).put("/api/v1/budgets/photos").then().statusCode(200);

        assertThat(decimal(budgets(), "photos", "used")).isGreaterThan(BigDecimal.ONE);
        as("viewer").get("/api/v1/budgets/photos").then().body("owner", equalTo("acme/Photo-Assets"));
        look();
        assertThat(firing()).contains("100 P1");

        as("operator").delete("/api/v1/budgets/photos").then().statusCode(204);
        as("operator").delete("/api/v1/budgets/photos").then().statusCode(404);
        look();
        assertThat(firing()).isEmpty();
    }

    @Test
    void refuses_budgets_that_cannot_be() {
        for (String body : List.of(
                "{}",
                "{\"kind\":\"LFS_COST\",\"repository\":\"a\",\"limit\":\"1\"}",
                "{\"kind\":\"LFS_BANDWIDTH\",\"repository\":\"a/b\",\"limit\":\"1\"}",
                "{\"kind\":\"LFS_BANDWIDTH\",\"repository\":\"a\",\"limit\":\"0\"}",
                "{\"kind\":\"LFS_BANDWIDTH\",\"repository\":\"a\",\"limit\":1e-999999999}",
                "{\"kind\":\"LFS_BANDWIDTH\",\"repository\":\"a\",\"limit\":\"much\"}",
                "{\"kind\":")) {
            as("operator")
                    .body(body)
                    .put("/api/v1/budgets/x")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        as("operator")
                .body("{}")
                .put("/api/v1/budgets/lfs-bandwidth:acme")
                .then()
                .statusCode(400);
        as("viewer").body("{}").put("/api/v1/budgets/x").then().statusCode(403);
        given().get("/api/v1/budgets").then().statusCode(401);
    }

    @Test
    void publishes_the_api_that_is_committed() {
        OpenApiContract.check("lfs-tracker", given().get("/q/openapi").asString());
    }

    /** Raises this month's bandwidth to a share of the 250 GiB of the plan. */
    private void push(BigDecimal share) {
        BigDecimal used = decimal(budgets(), "lfs-bandwidth:acme", "used");
        LocalDate day = month.atDay(18);
        peers.github()
                .addUsage(
                        "photo-assets",
                        LfsSku.BANDWIDTH,
                        day,
                        share.multiply(BigDecimal.valueOf(250)).subtract(used));
        peers.at(clock, noon.plusSeconds(60));
        pull(day, day);
        peers.alerts().clear();
    }

    private void pullAgainLater() {
        peers.at(clock, noon.plus(Duration.ofHours(2)));
        pull(month.atDay(1), month.atDay(18));
    }

    private void pull(LocalDate from, LocalDate to) {
        Instant since = clock.instant();
        as("operator")
                .body("{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}")
                .post("/api/v1/lfs/pulls")
                .then()
                .statusCode(202);
        int days = to.getDayOfMonth() - from.getDayOfMonth() + 1;
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonPath pulls = as("viewer").get("/api/v1/lfs/pulls?limit=200").jsonPath();
            assertThat(pulls.getList("items.findAll { it.started == '" + since + "' }.day").stream()
                            .distinct())
                    .hasSizeGreaterThanOrEqualTo(days);
            assertThat(as("viewer").get("/api/v1/lfs/status").jsonPath().getString("state"))
                    .isEqualTo("OK");
        });
    }

    private void look() {
        watch.look().await().atMost(Duration.ofSeconds(10));
    }

    private List<String> firing() {
        if (peers.alerts().isEmpty()) {
            return List.of();
        }
        return JsonPath.from(peers.alerts().getLast())
                .getList("findAll { it.endsAt == null }.collect { it.labels.threshold + ' ' + it.labels.severity }");
    }

    private static JsonPath budgets() {
        return as("viewer")
                .get("/api/v1/budgets")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static BigDecimal decimal(JsonPath budgets, String id, String field) {
        return new BigDecimal(budgets.getString("items.find { it.id == '" + id + "' }." + field));
    }

    private static RequestSpecification as(String role) {
        return given().contentType("application/json").header("Authorization", "Bearer " + role + "-token");
    }
}
