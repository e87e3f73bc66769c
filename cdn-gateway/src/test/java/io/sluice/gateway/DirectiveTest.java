package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class DirectiveTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String CHROME = "image/avif,image/webp,*/*;q=0.8";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @Test
    void applies_a_directive_echoes_it_acknowledges_it_and_refuses_a_forged_one() {
        FakeOptimizer optimizer = surrounding.optimizer();
        await().atMost(SOON).until(() -> optimizer.followers() > 0);
        surrounding.worker().publish(2, "cat.jpg", FakeWorker.OID_A, 3000, 2000, false, false);
        optimizer.publish(1, 2, false);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(header(get(), "Sluice-Directive")).isEqualTo("1-1"));
        assertThat(header(get(), "Location")).contains("-q40-w256-xinside.webp");
        assertThat(header(get(), "Cache-Control")).isEqualTo("private, max-age=60");
        given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/directive")
                .then()
                .statusCode(200)
                .body("items[0].directive.generation", equalTo(1))
                .body("items[0].normal", equalTo(false));
        assertThat(optimizer.received())
                .anySatisfy(body -> assertThat(body)
                        .contains(
                                "\"id\":\"cdn-gateway-0\"",
                                "\"levers\":[\"quality\",\"formats\",\"dimension\",\"dpr\",\"cache\"]"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(optimizer.received())
                        .anySatisfy(body -> assertThat(body)
                                .contains("\"generation\":1", "\"status\":\"PARTIAL\"", "\"ignored\":[\"throttle\"]")));

        optimizer.publish(9, 0, true);
        optimizer.publish(2, 0, false);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(header(get(), "Sluice-Directive")).isEqualTo("1-2"));
        assertThat(header(get(), "Location")).contains("-q60-w512-xinside.avif");
    }

    private HttpResponse<String> get() {
        return new Client(surrounding.port()).get("/img/photos/cat.jpg?w=500", "Accept", CHROME);
    }
}
