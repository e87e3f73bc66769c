package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is seen of changes, from the feed to the advice. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class AdviceTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PHOTOS = "items.find { it.subject == 'redirect:photos' }";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @Test
    void a_source_that_got_other_bytes_is_a_change_and_nothing_is_said_too_soon() {
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        surrounding.worker().publish(5000, "stays.jpg", FakeWorker.OID_A, 30, 20, false, false);
        surrounding.worker().publish(5001, "advised.jpg", FakeWorker.OID_A, 30, 20, false, false);
        await().atMost(SOON).until(() -> redirected() == 302);
        int before = advice().getInt(PHOTOS + ".changes");
        int requests = advice().getInt(PHOTOS + ".requests");

        surrounding.worker().publish(5002, "advised.jpg", FakeWorker.OID_A, 30, 20, false, false);
        surrounding.worker().publish(5003, "advised.jpg", FakeWorker.OID_B, 30, 20, false, false);
        surrounding.worker().publish(5004, "advised.jpg", FakeWorker.OID_B, 30, 20, false, true);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(advice().getInt(PHOTOS + ".changes")).isEqualTo(before + 2));
        assertThat(requests).isPositive();
        assertThat(advice().getString(PHOTOS + ".present")).isEqualTo("PT30S");
        assertThat(advice().getMap(PHOTOS)).doesNotContainKey("recommended");
        assertThat(advice().getString(PHOTOS + ".reason")).contains("too little to say");
        Map<String, Object> images = advice().getMap("items.find { it.subject == 'rule:images' }");
        assertThat(images).containsEntry("recommended", "PT8760H");
    }

    private int redirected() {
        return new Client(surrounding.port()).get("/img/photos/advised.jpg").statusCode();
    }

    private static JsonPath advice() {
        return given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/edge-rules/advice")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
