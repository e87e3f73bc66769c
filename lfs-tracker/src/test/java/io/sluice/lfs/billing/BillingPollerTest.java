package io.sluice.lfs.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.lfs.Peers;
import io.sluice.lfs.TestClock;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.github.LfsSku;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test lives in a month of its own, on the 18th at noon. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Peers.class)
@SuppressWarnings("NullAway.Init")
class BillingPollerTest {
    private static final AtomicInteger MONTHS = new AtomicInteger();

    @InjectPostgres
    EmbeddedPostgres postgres;

    Peers peers;

    @Inject
    TestClock clock;

    @Inject
    BillingPoller poller;

    private YearMonth month;
    private LocalDate today;
    private LocalDate day;
    private Instant noon;

    @BeforeEach
    void start_a_month() {
        month = YearMonth.of(2027, 1).plusMonths(2L * MONTHS.getAndIncrement());
        today = month.atDay(18);
        day = month.atDay(15);
        noon = today.atTime(12, 0).toInstant(ZoneOffset.UTC);
        peers.reset(clock, noon);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void keeps_each_day_as_github_bills_it() throws Exception {
        poller.poll();

        JsonPath days = usage("by=day&sku=LFS_BANDWIDTH");
        assertThat(days.getList("items.day")).hasSize(10).contains(today.toString(), day.toString());
        assertThat(days.getString("items[0].unit")).isEqualTo("GiB");
        assertThat(usage("by=repository&sku=LFS_STORAGE").getList("items.repository"))
                .containsExactly("game-client", "ml-models", "photo-assets");
        assertThat(status().getString("state")).isEqualTo("OK");
        assertThat(status().getString("dataAge")).isEqualTo("PT0S");
    }

    @Test
    void counts_a_doubled_row_once() throws Exception {
        poller.poll();
        BigDecimal before = bandwidth(day);
        peers.github().duplicateRow("photo-assets", LfsSku.BANDWIDTH, day);

        later(Duration.ofHours(2));

        assertThat(bandwidth(day)).isEqualByComparingTo(before);
        assertThat(pulls().getList("items.findAll { it.doubled == 1 }.day")).containsExactly(day.toString());
    }

    @Test
    void refuses_rows_of_a_month_and_writes_nothing_of_them() throws Exception {
        poller.poll();
        BigDecimal before = total();
        peers.github().answerNextByMonth(100);

        later(Duration.ofHours(2));

        assertThat(total()).isEqualByComparingTo(before);
        assertThat(status().getString("state")).isEqualTo("DEGRADED");
        assertThat(status().getString("problem")).contains("rows of a month instead of a day");
        given().get("/q/health/well").then().statusCode(503);
        assertThat(given().get("/q/metrics").asString())
                .containsPattern("sluice_lfs_pulls_total\\{.*month_rows.*} [1-9]");
        peers.github().reset();
        later(Duration.ofHours(4));
        assertThat(status().getString("state")).isEqualTo("OK");
    }

    @Test
    void does_not_take_rows_of_a_month_for_those_of_its_first_day() throws Exception {
        Instant firstDay = month.plusMonths(1).atDay(1).atTime(12, 0).toInstant(ZoneOffset.UTC);
        peers.at(clock, firstDay);
        peers.github().answerNextByMonth(100);

        poller.poll();

        assertThat(usage("by=day").getList("items")).isEmpty();
    }

    @Test
    void writes_nothing_when_nothing_changed() throws Exception {
        poller.poll();
        later(Duration.ofMinutes(1));
        long calls = peers.github().calls();

        peers.at(clock, noon.plus(Duration.ofMinutes(30)));
        poller.poll();

        assertThat(peers.github().calls() - calls).isEqualTo(2);
        assertThat(pulls().getList("items.outcome").subList(0, 2)).containsOnly("UNCHANGED");
    }

    @Test
    void audits_what_github_restates() throws Exception {
        poller.poll();
        BigDecimal before = bandwidth(day);
        peers.github().addUsage("photo-assets", LfsSku.BANDWIDTH, day, new BigDecimal("2.5"));

        later(Duration.ofHours(2));

        assertThat(bandwidth(day)).isEqualByComparingTo(before.add(new BigDecimal("2.5")));
        assertThat(pulls().getList("items.findAll { it.day == '" + day + "' && it.changed == 1 }"))
                .hasSize(1);
        assertThat(restatements()).isEqualTo(1);
    }

    @Test
    void zeroes_a_row_that_vanished() throws Exception {
        poller.poll();
        peers.github().answerNextWith(1, """
                {"usageItems":[{"date":"%s","product":"actions","sku":"Actions Linux","unitType":"Minutes"}]}""".formatted(day));
        request(day);

        await().untilAsserted(() -> assertThat(bandwidth(day)).isZero());
        assertThat(restatements()).isEqualTo(6);
    }

    @Test
    void keeps_figures_that_an_empty_answer_contradicts() throws Exception {
        poller.poll();
        BigDecimal before = bandwidth(day);
        peers.github().answerNextWith(1, "{\"usageItems\":[]}");
        request(day);

        await().untilAsserted(() -> assertThat(status().getList("suspectDays")).containsExactly(day.toString()));
        assertThat(bandwidth(day)).isEqualByComparingTo(before);
        later(Duration.ofHours(2));
        assertThat(status().getList("suspectDays")).isEmpty();
    }

    @Test
    void says_what_to_do_about_a_refused_token_and_recovers() throws Exception {
        poller.poll();
        peers.github().failNext(1, 401);
        later(Duration.ofHours(2));
        assertThat(status().getString("state")).isEqualTo("FAILING");
        assertThat(status().getString("problem"))
                .contains("sluice.lfs.github.token")
                .doesNotContain("github-secret");
        assertThat(status().getString("dataAge")).isEqualTo("PT2H");
        assertThat(usage("by=day").getList("items")).isNotEmpty();

        peers.github().failNext(1, 403, Map.of("X-Accepted-GitHub-Permissions", "organization_administration=read"));
        later(Duration.ofHours(3));
        assertThat(status().getString("problem")).contains("organization_administration=read");

        later(Duration.ofHours(4));
        assertThat(status().getString("state")).isEqualTo("OK");
        assertThat(status().getInt("dueDays")).isZero();
    }

    @Test
    void leaves_github_alone_for_as_long_as_it_asks() throws Exception {
        peers.github().failNext(1, 429, Map.of("retry-after", "1800"));
        poller.poll();
        long calls = peers.github().calls();
        assertThat(pulls().getString("items[0].outcome")).isEqualTo("RATE_LIMITED");

        later(Duration.ofMinutes(29));
        assertThat(peers.github().calls()).isEqualTo(calls);

        later(Duration.ofMinutes(31));
        assertThat(status().getString("state")).isEqualTo("OK");
    }

    @Test
    void waits_for_the_reset_of_an_exhausted_rate_limit() throws Exception {
        String reset = Long.toString(noon.plusSeconds(900).getEpochSecond());
        peers.github().failNext(1, 403, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset));
        poller.poll();
        assertThat(status().getString("pausedUntil")).isNotNull();
        later(Duration.ofMinutes(16));
        assertThat(status().getString("state")).isEqualTo("OK");
    }

    @Test
    void survives_server_errors_silence_garbage_and_cut_answers() throws Exception {
        peers.github().failNext(1, 500);
        poller.poll();
        assertThat(pulls().getString("items[0].outcome")).isEqualTo("SERVER_ERROR");
        peers.github().delayNext(1, Duration.ofSeconds(5));
        later(Duration.ofHours(1));
        assertThat(pulls().getString("items[0].outcome")).isEqualTo("UNREACHABLE");
        peers.github().truncateNext(1);
        peers.github().answerNextWith(1, "<html>502</html>");
        later(Duration.ofHours(2));
        later(Duration.ofHours(3));
        assertThat(pulls().getList("items.outcome")).contains("MALFORMED");

        later(Duration.ofHours(4));
        assertThat(usage("by=day&sku=LFS_BANDWIDTH").getList("items")).hasSize(10);
        assertThat(status().getString("state")).isEqualTo("OK");
    }

    @Test
    void names_the_field_that_lies_in_the_future() {
        String tomorrow = today.plusDays(1).toString();
        for (String body : List.of(
                "{\"day\":\"%s\"}".formatted(tomorrow), "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(today, tomorrow))) {
            String field = body.contains("day") ? "day" : "to";
            as("operator")
                    .body(body)
                    .post("/api/v1/lfs/pulls")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(field));
        }
    }

    @Test
    void keeps_a_sku_it_does_not_know_and_warns() throws Exception {
        peers.github().answerNextWith(1, """
                {"usageItems":[{"date":"%sT07:00:00Z","product":"git_lfs","sku":"Git LFS teleport","quantity":1.5,"unitType":"Leaps",
                "pricePerUnit":2,"grossAmount":3,"discountAmount":0,"netAmount":3}]}""".formatted(today));
        poller.poll();

        assertThat(status().getList("unknownSkus")).containsExactly("gitlfsteleport");
        assertThat(usage("by=day&sku=gitlfsteleport").getString("items[0].quantity"))
                .isEqualTo("1.5");
    }

    @Test
    void loses_nothing_while_postgresql_is_away() throws Exception {
        poller.poll();
        postgres.stop();
        try {
            peers.at(clock, noon.plus(Duration.ofHours(2)));
            poller.poll();
            assertThat(status().getString("state")).isEqualTo("FAILING");
            as("viewer").get("/api/v1/lfs/usage").then().statusCode(503).header("Retry-After", "5");
        } finally {
            postgres.restart();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            peers.at(clock, clock.instant().plus(Duration.ofMinutes(20)));
            poller.poll();
            assertThat(status().getString("state")).isEqualTo("OK");
        });
        assertThat(usage("by=day&sku=LFS_BANDWIDTH").getList("items")).hasSize(10);
    }

    @Test
    void pulls_what_an_operator_asks_for_once() throws Exception {
        LocalDate longAgo = day.minusDays(20);
        peers.github().failNext(1, 500);
        request(longAgo);
        request(longAgo);
        await().untilAsserted(
                        () -> assertThat(pulls().getString("items[0].outcome")).isEqualTo("SERVER_ERROR"));

        later(Duration.ofHours(1));

        assertThat(pulls().getList("items.findAll { it.day == '" + longAgo + "' && it.outcome == 'WRITTEN' }"))
                .hasSize(1);
    }

    @Test
    void refuses_what_cannot_be_pulled_and_who_may_not() {
        String tomorrow = "{\"day\":\"" + today.plusDays(1) + "\"}";
        as("operator").body(tomorrow).post("/api/v1/lfs/pulls").then().statusCode(400);
        as("operator").body("{}").post("/api/v1/lfs/pulls").then().statusCode(400);
        as("operator")
                .body("{\"day\":\"soon\"}")
                .post("/api/v1/lfs/pulls")
                .then()
                .statusCode(400);
        as("viewer").body(tomorrow).post("/api/v1/lfs/pulls").then().statusCode(403);
        given().get("/api/v1/lfs/status").then().statusCode(401);
        as("nobody").get("/api/v1/lfs/status").then().statusCode(401);
        as("viewer").get("/api/v1/lfs/pulls?limit=0").then().statusCode(400);
        as("viewer").get("/api/v1/lfs/pulls?cursor=x").then().statusCode(400);
        as("viewer").get("/api/v1/lfs/usage?by=hour").then().statusCode(400);
        as("viewer").get("/api/v1/lfs/usage?from=yesterday").then().statusCode(400);
        as("viewer").get("/api/v1/lfs/usage?cursor=x").then().statusCode(400);
    }

    @Test
    void pages_through_usage() throws Exception {
        poller.poll();
        JsonPath first = usage("by=repository&limit=4");
        JsonPath second = usage("by=repository&limit=4&cursor=" + first.getString("next"));

        assertThat(first.getList("items")).hasSize(4);
        assertThat(second.getList("items")).hasSize(2);
        assertThat(second.getString("next")).isNull();
        assertThat(usage("by=day&limit=20").getString("next")).isNull();
    }

    @Test
    void blocks_no_event_loop() throws Exception {
        try (BlockedThreads blocked = new BlockedThreads()) {
            poller.poll();
            for (int i = 0; i < 20; i++) {
                usage("by=day");
                as("viewer").get("/api/v1/budgets").then().statusCode(200);
            }
            blocked.assertNone();
        }
    }

    private void later(Duration after) throws InterruptedException {
        peers.at(clock, noon.plus(after));
        poller.poll();
    }

    private void request(LocalDate wanted) {
        as("operator")
                .body("{\"day\":\"" + wanted + "\"}")
                .post("/api/v1/lfs/pulls")
                .then()
                .statusCode(202);
    }

    private BigDecimal total() {
        return sum(usage("by=day&sku=LFS_BANDWIDTH").getList("items.quantity", String.class));
    }

    private BigDecimal bandwidth(LocalDate wanted) {
        return sum(as("viewer")
                .get("/api/v1/lfs/usage?by=day&sku=LFS_BANDWIDTH&from=" + wanted + "&to=" + wanted)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.quantity", String.class));
    }

    private static BigDecimal sum(List<String> amounts) {
        return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private JsonPath usage(String query) {
        return read("/api/v1/lfs/usage?from=" + month.atDay(1) + "&to="
                + month.plusMonths(1).atDay(1) + "&" + query);
    }

    private static JsonPath status() {
        return read("/api/v1/lfs/status");
    }

    private static JsonPath pulls() {
        return read("/api/v1/lfs/pulls?limit=40");
    }

    private long restatements() throws Exception {
        try (java.sql.Connection connection = postgres.connect("sluice");
                java.sql.PreparedStatement count = connection.prepareStatement(
                        "select count(*) from service.usage_restated where day = ? and new_qty_nano <> old_qty_nano")) {
            count.setObject(1, day);
            try (java.sql.ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static JsonPath read(String path) {
        return as("viewer").get(path).then().statusCode(200).extract().jsonPath();
    }

    private static io.restassured.specification.RequestSpecification as(String role) {
        return given().contentType("application/json").header("Authorization", "Bearer " + role + "-token");
    }
}
