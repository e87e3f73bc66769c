package io.sluice.image.delivery;

import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Most bytes, and kept rights, as a client asks for them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class SoughtQualityTest {
    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void leads_to_the_highest_quality_until_one_of_so_many_bytes_is_found() {
        String oid = upload(photo("wine.jpg"));
        VariantAddress bounded = address(oid, "l9000-q80-w384-xinside", ImageFormat.WEBP);

        Response first = Service.get(bounded);
        assertThat(first.statusCode()).isEqualTo(307);
        assertThat(first.header("Sluice-Outcome")).isEqualTo("deferred");
        assertThat(first.header("Location")).contains("-q80-w384-xinside.webp?").doesNotContain("-l9000");
        Response best = Service.follow(first);
        assertThat(best.asByteArray()).hasSizeGreaterThan(9_000);
        assertThat(best.header("Sluice-Max-Bytes")).isNull();

        Response found = made(bounded);
        assertThat(found.asByteArray()).hasSizeBetween(4_500, 9_000);
        assertThat(found.header("Sluice-Max-Bytes")).isEqualTo("met");
    }

    @Test
    void says_so_when_no_quality_keeps_to_the_bytes() {
        String oid = upload(photo("wine.jpg"));

        Response found = made(address(oid, "l1000-q80-w512-xinside", ImageFormat.JPEG));

        assertThat(found.asByteArray()).hasSizeGreaterThan(1_000);
        assertThat(found.header("Sluice-Max-Bytes")).isEqualTo("missed");
    }

    @Test
    void never_encodes_above_the_quality_asked_for() {
        String oid = upload(photo("wine.jpg"));
        Response plain = Service.get(address(oid, "q40-w256-xinside", ImageFormat.WEBP));

        Response found = made(address(oid, "l999999-q40-w256-xinside", ImageFormat.WEBP));

        assertThat(found.asByteArray()).isEqualTo(plain.asByteArray());
    }

    private static Response made(VariantAddress address) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Service.get(address).statusCode() == 200);
        return Service.get(address);
    }

    private static VariantAddress address(String oid, String letters, ImageFormat format) {
        return VariantAddress.of("samples", oid, Recipe.parse(Service.profile(oid) + '-' + letters), format);
    }
}
