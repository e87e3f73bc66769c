package io.sluice.image.storage;

import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.files.BlobFiles;
import io.sluice.platform.database.Database;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
class StorageTest {
    private static final AtomicInteger SEED = new AtomicInteger(7_000);

    @Inject
    @SuppressWarnings("NullAway.Init")
    BlobFiles files;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Database database;

    @Inject
    @SuppressWarnings("NullAway.Init")
    InstantSource clock;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void collects_a_variant_that_nobody_asked_for_and_makes_it_anew_on_demand() throws IOException {
        VariantAddress address = Service.address(upload(image()), 64, 70, ImageFormat.WEBP);
        String etag = Service.get(address).then().statusCode(200).extract().header("ETag");
        Path entry = entry(address);
        Path bytes = files.file(BlobFiles.Kind.VARIANT, etag.replace("\"", ""));
        age(entry, Duration.ofDays(91));
        age(bytes, Duration.ofDays(91));

        Response dry = sweep(true);
        assertThat(entry).exists();
        Response real = sweep(false);

        assertThat(dry.<Map<String, ?>>path("collected.find { it.cause == 'unused-variant' }"))
                .isNotNull();
        assertThat(real.<Map<String, ?>>path("collected.find { it.cause == 'unused-variant' }"))
                .isNotNull();
        assertThat(entry).doesNotExist();
        assertThat(bytes).doesNotExist();
        Service.get(address)
                .then()
                .statusCode(200)
                .header("Sluice-Outcome", "origin")
                .header("ETag", etag);
    }

    @Test
    void makes_one_of_a_set_anew_with_the_bytes_that_it_had() throws IOException {
        String oid = upload(image());
        operator()
                .contentType("application/json")
                .body("{\"widths\":[64,128],\"formats\":[\"webp\"]}")
                .post("/api/v1/images/" + oid + "/variants");
        VariantAddress small = VariantAddress.of(
                "sha256",
                oid,
                Service.address(oid, 64, 80, ImageFormat.WEBP).recipe().orElseThrow(),
                ImageFormat.WEBP);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(entry(small)));
        String etag = Service.get(small).then().statusCode(200).extract().header("ETag");
        Path bytes = files.file(BlobFiles.Kind.VARIANT, etag.replace("\"", ""));
        age(entry(small), Duration.ofDays(91));
        age(bytes, Duration.ofDays(91));

        sweep(false);

        assertThat(bytes).doesNotExist();
        Service.get(small)
                .then()
                .statusCode(200)
                .header("Sluice-Outcome", "origin")
                .header("ETag", etag);
    }

    @Test
    void sweeps_bytes_without_entry_but_none_in_the_making() throws IOException {
        Path old = orphan("0a");
        age(old, Duration.ofHours(2));
        Path young = orphan("0b");

        sweep(false);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void keeps_an_original_while_a_source_refers_to_it_and_a_week_longer() throws IOException {
        byte[] image = image();
        String oid = upload(image);
        name("one.png", oid).then().statusCode(200);
        name("two.png", oid).then().statusCode(200);
        age(files.file(BlobFiles.Kind.ORIGINAL, oid), Duration.ofDays(30));
        operator().delete("/api/v1/sources/housekeeping/one.png").then().statusCode(204);
        unreferenced(oid, 8);
        sweep(false);
        viewer().get("/api/v1/images/" + oid).then().statusCode(200);

        operator().delete("/api/v1/sources/housekeeping/two.png").then().statusCode(204);
        sweep(false);
        viewer().get("/api/v1/images/" + oid).then().statusCode(200);
        unreferenced(oid, 8);
        sweep(false);

        viewer().get("/api/v1/images/" + oid).then().statusCode(404);
        assertThat(files.find(BlobFiles.Kind.ORIGINAL, oid)).isEmpty();
        name("three.png", oid).then().statusCode(422);
        upload(image);
        name("three.png", oid).then().statusCode(200);
    }

    @Test
    void tells_what_lies_in_the_store_and_how_it_grows() throws IOException {
        name("usage.png", upload(image())).then().statusCode(200);
        sweep(true);
        database.query(
                        "insert into storage_snapshot select day - 1, bucket, owner, format, objects, bytes - 1"
                                + " from storage_snapshot where day = (select max(day) from storage_snapshot) on conflict do nothing")
                .await()
                .atMost(Duration.ofSeconds(30));

        viewer().get("/api/v1/storage/usage?by=bucket")
                .then()
                .statusCode(200)
                .body("items.find { it.key == 'originals' }.bytes", not(0));
        Response byOwner = viewer().get("/api/v1/storage/usage?by=owner");
        byOwner.then().body("items.find { it.key == 'housekeeping' }.growth.day", is(1));
        assertThat(byOwner.<Integer>path("items.find { it.key == 'housekeeping' }.growth.month"))
                .isNull();
        viewer().get("/api/v1/storage/usage?by=colour").then().statusCode(400);
        viewer().get("/api/v1/storage/collections?limit=1").then().body("items.size()", is(1));
    }

    private static Response sweep(boolean dryRun) {
        int id = operator()
                .post("/api/v1/storage/collections?dryRun=" + dryRun)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        viewer().get("/api/v1/storage/collections/" + id).then().body("state", is("done")));
        return viewer().get("/api/v1/storage/collections/" + id);
    }

    private static Response name(String path, String oid) {
        return operator()
                .contentType("application/json")
                .body("{\"oid\":\"" + oid + "\"}")
                .put("/api/v1/sources/housekeeping/" + path);
    }

    private void unreferenced(String oid, int days) {
        database.query(
                        "update image set unreferenced_since = now() - $2::bigint * interval '1 day' where oid = $1",
                        Tuple.of(oid, days))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private Path entry(VariantAddress address) {
        String path = address.path();
        return files.root()
                .resolve("index")
                .resolve(address.oid().substring(0, 2))
                .resolve(address.oid())
                .resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    private Path orphan(String digits) throws IOException {
        Path file =
                files.root().resolve("variants").resolve(digits).resolve(digits).resolve(digits.repeat(32));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "nobody's");
    }

    private void age(Path file, Duration by) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(by)));
    }

    /** A picture that no other test has. */
    private static byte[] image() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED.incrementAndGet());
        BufferedImage picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 160 * 120; i++) {
            picture.setRGB(i % 160, i / 160, random.nextInt());
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }
}
