package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.enterprise.inject.spi.CDI;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShutdownTest.SlowLookups.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class ShutdownTest {
    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    /** Also gives this test a gateway of its own, which is shut down at its end. */
    public static class SlowLookups implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.gateway.catalogue.lookup-timeout", "PT5S");
        }
    }

    @Test
    void a_request_in_flight_is_answered_before_the_port_closes() throws Exception {
        surrounding.worker().be(FakeWorker.Mode.GOOD, 1500);
        CompletableFuture<HttpResponse<String>> inFlight =
                CompletableFuture.supplyAsync(() -> new Client(surrounding.port()).get("/img/photos/looked-up.jpg"));
        await().atMost(Duration.ofSeconds(15)).until(() -> surrounding.worker().lookups() == 1);

        CDI.current().getBeanManager().getEvent().select(ShutdownEvent.class).fire(new ShutdownEvent());

        assertThat(inFlight.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(302);
        assertThatThrownBy(() -> new Client(surrounding.port()).get("/live")).isInstanceOf(UncheckedIOException.class);
    }
}
