package io.sluice.gateway.cdns;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.Surroundings;
import io.sluice.platform.database.Database;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class ReplicasTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** What another replica does: it changes PostgreSQL and tells nobody. */
    private final CdnStore elsewhere =
            new CdnStore(CDI.current().select(Database.class).get());

    @Test
    void a_drain_at_one_replica_reaches_the_others() {
        await().atMost(SOON).untilAsserted(() -> status("UP"));
        assertThat(elsewhere.drain("edge-b", "elsewhere", null).await().atMost(SOON))
                .isTrue();
        await().atMost(SOON).untilAsserted(() -> status("DRAINED"));
        assertThat(elsewhere.enable("edge-b").await().atMost(SOON)).isTrue();
        await().atMost(SOON).untilAsserted(() -> status("UP"));
    }

    private static void status(String expected) {
        given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/cdns/edge-b")
                .then()
                .statusCode(200)
                .body("status", equalTo(expected));
    }
}
