package io.sluice.image.delivery;

import static io.sluice.image.Service.SIGNER;
import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
class VariantTest {
    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> RestAssured.given()
                        .get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.find { it.name == 'database' }.data.state", org.hamcrest.Matchers.is("answers")));
    }

    @Test
    void makes_a_webp_once_and_serves_it_with_headers_for_ever() {
        String oid = upload(photo("wine.jpg"));
        VariantAddress address = address(oid, 640, 80, ImageFormat.WEBP);
        Response first = Service.get(address);
        Response second = Service.get(address);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.header("Sluice-Outcome")).isEqualTo("origin");
        assertThat(second.header("Sluice-Outcome")).isEqualTo("stored");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(first.header("Content-Type")).isEqualTo("image/webp");
        assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(first.header("Surrogate-Key")).isEqualTo("img-" + oid.substring(0, 16) + " col-samples");
        Scan scan = new ImageScanner(ScanLimits.DEFAULT).scan(ByteBuffer.wrap(first.asByteArray()));
        assertThat(scan)
                .isInstanceOfSatisfying(
                        Scan.Accepted.class,
                        accepted -> assertThat(accepted.facts().width()).isEqualTo(640));
        assertThat(SIGNER).isNotNull();
    }
}
