package io.sluice.gateway;

import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OriginFallbackTest.WithOrigin.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class OriginFallbackTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    public static class WithOrigin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.gateway.origin-fallback-url", "https://origin.example/");
        }
    }

    @Test
    void sends_clients_to_the_origin_when_both_edges_are_dead() {
        await().atMost(SOON).until(() -> surrounding.worker().followers() > 0);
        surrounding.worker().publish(2, "cat.jpg", FakeWorker.OID_A, 3000, 2000, false, false);
        surrounding.edgeA().kill();
        surrounding.edgeB().kill();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(header(get(), "Sluice-Outcome")).isEqualTo("origin-fallback"));
        HttpResponse<String> response = get();
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Location")).startsWith("https://origin.example/v/photos/" + FakeWorker.OID_A);
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=2");
    }

    private HttpResponse<String> get() {
        return new Client(surrounding.port()).get("/img/photos/cat.jpg?w=500");
    }
}
