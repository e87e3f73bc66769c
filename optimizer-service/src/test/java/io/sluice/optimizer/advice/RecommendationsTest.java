package io.sluice.optimizer.advice;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.sluice.optimizer.Calls.operator;
import static io.sluice.optimizer.Calls.viewer;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.optimizer.Calls;
import io.sluice.optimizer.Neighbourhood;
import io.sluice.optimizer.Optimizer;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
@QuarkusTestResource(value = Neighbourhood.class, restrictToAnnotatedClass = true)
class RecommendationsTest {
    private static final String PATH = "/metrics-service/api/v1/cdn/usage/series";
    private static final String ID = "cdn-commit:edge-a";

    @Neighbourhood.InjectNeighbours
    @SuppressWarnings("NullAway.Init")
    WireMockServer neighbours;

    @BeforeEach
    void nothing_used() {
        Calls.ready();
        neighbours.resetAll();
        neighbours.stubFor(get(urlPathEqualTo(PATH)).willReturn(jsonResponse("{\"items\":[]}", 200)));
    }

    /** 100 GB a day for 90 days at 0.02 committed and 0.04 beyond, with nothing committed: 3,000 GB halve the bill. */
    @Test
    void advises_a_commit_with_its_curve_and_its_past_and_remembers_what_was_decided() {
        used(0);
        used(30);
        used(60);
        viewer().get("/api/v1/recommendations")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", is(ID))
                .body("items[0].outcome", is("CHANGE"))
                .body("items[0].days", is(90))
                .body("items[0].confidence", is("MEDIUM"))
                .body("items[0].recommendedGigabytes", is("3000.000"))
                .body("items[0].monthlySaving", is("60.00"))
                .body("items[0].numbers.quantile", is(0.5f))
                .body("items[0].curve.gigabytes", hasItem("3000.000"))
                .body("items[0].backTest.months", is(5))
                .body("items[0].backTest.advised", is("60.00"))
                .body("items[0].backTest.present", is("120.00"))
                .body("items[0].decision", nullValue());

        decide("accept", Map.of("reason", "signed today"))
                .statusCode(200)
                .body("decision.accepted", is(true))
                .body("decision.gigabytes", is("3000.000"))
                .body("decision.realisedMonthlySaving", nullValue());
        decide("reject", Map.of("reason", "the contract is not ready")).body("decision.accepted", is(false));
        viewer().get("/api/v1/audit?limit=5")
                .then()
                .body("items.action", hasItem("recommendation.accepted"))
                .body("items.action", hasItem("recommendation.rejected"));
        viewer().get("/api/v1/overrides").then().body("items", hasSize(0));
    }

    @Test
    void says_how_many_days_are_missing_and_has_nothing_to_decide() {
        used(0, 10);
        viewer().get("/api/v1/recommendations")
                .then()
                .body("items[0].text", is("10 days of usage are known, 28 are needed"))
                .body("items[0].outcome", nullValue())
                .body("items[0].recommendedGigabytes", nullValue());
        decide("accept", Map.of("reason", "r")).statusCode(409).body("type", is("/problems/nothing-advised"));
    }

    @Test
    void refuses_decisions_without_a_reason_without_the_right_and_of_nothing() {
        decide("accept", Map.of()).statusCode(400).body("errors.field", hasItem("reason"));
        decide("accept", Map.of("reason", "x".repeat(501))).statusCode(400);
        operator().post("/api/v1/recommendations/" + ID + "/accept").then().statusCode(400);
        operator()
                .body(Map.of("reason", "r"))
                .post("/api/v1/recommendations/cdn-commit:nobody/accept")
                .then()
                .statusCode(404);
        viewer().body(Map.of("reason", "r"))
                .post("/api/v1/recommendations/" + ID + "/accept")
                .then()
                .statusCode(403);
    }

    @Test
    void usage_that_is_away_or_unreadable_is_no_advice() {
        for (ResponseDefinitionBuilder answer : new ResponseDefinitionBuilder[] {
            serverError(), jsonResponse("{\"items\":[{\"from\":\"x\",\"bytes\":1}]}", 200), jsonResponse("[", 200)
        }) {
            neighbours.stubFor(get(urlPathEqualTo(PATH)).willReturn(answer));
            viewer().get("/api/v1/recommendations")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", is("30"))
                    .body("type", is("/problems/usage-away"));
        }
    }

    @Test
    void the_weekly_report_has_advice_or_says_why_not() {
        used(0);
        viewer().get("/api/v1/reports/weekly")
                .then()
                .statusCode(200)
                .body("recommendations[0].id", is(ID))
                .body("notes", hasSize(0));
        viewer().accept("text/markdown")
                .get("/api/v1/reports/weekly")
                .then()
                .statusCode(200)
                .contentType(containsString("text/markdown"))
                .body(containsString("## Budgets"))
                .body(containsString("- edge-a: "));
        neighbours.stubFor(get(urlPathEqualTo(PATH)).willReturn(serverError()));
        viewer().get("/api/v1/reports/weekly?until=" + LocalDate.now(ZoneOffset.UTC))
                .then()
                .statusCode(200)
                .body("recommendations", hasSize(0))
                .body("notes[0]", containsString("metrics-service answered 500"));
        for (String until : new String[] {"tomorrow", "2999-01-01", "1999-01-01"}) {
            viewer().get("/api/v1/reports/weekly?until=" + until).then().statusCode(400);
        }
    }

    private static ValidatableResponse decide(String how, Map<String, String> body) {
        return operator()
                .body(body)
                .post("/api/v1/recommendations/" + ID + '/' + how)
                .then();
    }

    private void used(int daysAgo) {
        used(daysAgo, 30);
    }

    /** 100 GB on each of the last {@code days} days of the 30 that end {@code daysAgo}. */
    private void used(int daysAgo, int days) {
        LocalDate to = LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo);
        String items = to.minusDays(days)
                .datesUntil(to)
                .map(day -> "{\"cdn\":\"edge-a\",\"from\":\"" + day + "T00:00:00Z\",\"bytes\":100000000000}")
                .collect(Collectors.joining(","));
        neighbours.stubFor(get(urlPathEqualTo(PATH))
                .withQueryParam("from", equalTo(to.minusDays(30) + "T00:00:00Z"))
                .withQueryParam("cdn", equalTo("edge-a"))
                .willReturn(jsonResponse("{\"items\":[" + items + "]}", 200)));
    }
}
