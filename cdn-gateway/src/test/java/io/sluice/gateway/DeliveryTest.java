package io.sluice.gateway;

import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class DeliveryTest {
    private static final String CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding given;

    @BeforeEach
    void catalogue() {
        given.edgeA().be(FakeEdge.Mode.GOOD);
        given.edgeB().be(FakeEdge.Mode.GOOD);
        given.worker().be(FakeWorker.Mode.GOOD, 0);
        await().atMost(Duration.ofSeconds(10)).until(() -> given.worker().followers() > 0);
        given.worker().publish(2, "cat.jpg", FakeWorker.OID_A, 3000, 2000, false, false);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(client().get("/img/photos/cat.jpg").statusCode()).isEqualTo(302);
            assertThat(header(client().get("/img/photos/cat.jpg"), "Link")).isNotEmpty();
        });
    }

    @Test
    void redirects_to_a_signed_address_on_a_cdn_with_the_alternate_in_link() {
        HttpResponse<String> response = client().get("/img/photos/cat.jpg?w=500", "Accept", CHROME);

        assertThat(response.statusCode()).isEqualTo(302);
        URI location = URI.create(header(response, "Location"));
        VariantAddress address = VariantAddress.parse(location.getRawPath());
        assertThat(address.path()).isEqualTo("/v/photos/" + FakeWorker.OID_A + "/e7-q60-w512-xinside.avif");
        Map<String, String> query = query(location);
        assertThat(new AddressSigner("k1", Map.of("k1", Surroundings.SECRET))
                        .verify(address.path(), query.get("k"), query.get("s"), null, Instant.EPOCH))
                .isEqualTo(AddressSigner.Verdict.VALID);
        String other = location.getAuthority().equals(authority(given.edgeA()))
                ? given.edgeB().url()
                : given.edgeA().url();
        assertThat(header(response, "Link"))
                .isEqualTo(
                        "<" + other + location.getRawPath() + "?" + location.getRawQuery() + ">; rel=duplicate; pri=2");
        assertThat(header(response, "Vary")).isEqualTo("Accept, Save-Data, Sec-CH-DPR, Sec-CH-Width");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=30");
        assertThat(header(response, "Server-Timing")).startsWith("cdn;desc=edge-");
        assertThat(response.headers().firstValue("Sluice-Directive")).isEmpty();
        assertThat(response.headers().firstValue("Sluice-Decision")).isEmpty();
    }

    @Test
    void answers_head_like_get() {
        HttpResponse<String> response = client().send("HEAD", "/img/photos/cat.jpg?w=500", "Accept", CHROME);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Location")).contains("/e7-q60-w512-xinside.avif?k=k1&s=");
    }

    private Client client() {
        return new Client(given.port());
    }

    private static String authority(FakeEdge edge) {
        return URI.create(edge.url()).getAuthority();
    }

    private static Map<String, String> query(URI uri) {
        String[] parts = uri.getRawQuery().split("[=&]", -1);
        return Map.of(parts[0], parts[1], parts[2], parts[3]);
    }
}
