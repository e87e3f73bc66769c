package io.sluice.image.files;

import static io.sluice.image.Service.address;
import static io.sluice.image.Service.get;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.BucketResource;
import io.sluice.image.BucketResource.Bucket;
import io.sluice.image.BucketResource.InjectBucket;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.blob.BlobStore;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service with a bucket for its store. */
@QuarkusTest
@TestProfile(BucketTest.Profile.class)
@QuarkusTestResource(value = PostgresResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = TestTokens.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = LibvipsResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ServiceFolders.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OptimizerStub.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = BucketResource.class, restrictToAnnotatedClass = true)
class BucketTest {
    public static final class Profile implements QuarkusTestProfile {}

    @InjectBucket
    @SuppressWarnings("NullAway.Init")
    Bucket bucket;

    @Inject
    @SuppressWarnings("NullAway.Init")
    BlobStore store;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void shares_originals_variants_and_their_index_and_says_when_it_is_away() throws IOException {
        assumeTrue(bucket.server().isPresent(), () -> "no S3 server to test against: " + bucket.reason());
        Service.awaitReady();
        String oid = upload(photo("sunset.jpg"));
        VariantAddress variant = address(oid, 384, 70, ImageFormat.WEBP);
        byte[] made = get(variant)
                .then()
                .statusCode(200)
                .header("Sluice-Outcome", "origin")
                .extract()
                .asByteArray();

        assertThat(store.find(BlobFiles.Kind.ORIGINAL.key(oid))).isPresent();
        VariantAddress other = address(oid, 640, 70, ImageFormat.WEBP);
        VariantIndex ofAnotherReplica = new VariantIndex(store);
        assertThat(ofAnotherReplica.find(variant)).isPresent();
        assertThat(ofAnotherReplica.variantsOf(variant)).isEqualTo(List.of(variant));
        assertThat(ofAnotherReplica.find(other)).isEmpty();

        get(variant).then().statusCode(200).header("Sluice-Outcome", "stored");
        assertThat(get(variant).asByteArray()).isEqualTo(made);
        assertThat(copies())
                .as("original and variant, and nothing half-written")
                .hasSize(2);

        bucket.server().orElseThrow().close();
        get(variant).then().statusCode(200);
        get(other).then().statusCode(503).header("Retry-After", "30").body("type", is("/problems/store-failed"));
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(
                        "checks.find { it.name == 'store' }.data.remedy",
                        containsString("check sluice.image.store.s3.endpoint"));
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("copies"))) {
            return all.toList();
        }
    }
}
