package io.sluice.image.imports;

import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class ImportTest {
    @ConfigProperty(name = "sluice.image.sources.roots.photos.path")
    @SuppressWarnings("NullAway.Init")
    Path root;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_sources_of_a_folders_images_and_says_what_it_refused_and_why() throws IOException {
        byte[] wine = photo("wine.jpg");
        file("mixed/b/wine.jpg", wine);
        file("mixed/a night.jpg", photo("night.jpg"));
        file("mixed/notes.txt", "no image".getBytes(StandardCharsets.US_ASCII));
        file("mixed/cut.jpg", Arrays.copyOf(wine, wine.length / 2));
        file("mixed/.hidden.jpg", wine);
        Path outside = Files.write(Files.createTempFile(Path.of("target"), "outside", ".jpg"), wine);
        Files.createSymbolicLink(root.resolve("mixed/leaves.jpg"), outside.toAbsolutePath());
        Files.createSymbolicLink(root.resolve("mixed/stays.jpg"), Path.of("b", "wine.jpg"));
        Files.createSymbolicLink(root.resolve("mixed/up"), root.toAbsolutePath());

        int id = start("{'root':'photos','prefix':'mixed/','collection':'imported','tags':['spring']}");

        done(id).body("seen", is(7))
                .body("imported", is(3))
                .body("refused", is(4))
                .body("unchanged", is(0))
                .body("position", is("mixed/up"))
                .body("error", nullValue());
        viewer().get("/api/v1/imports/" + id + "/refusals?limit=3")
                .then()
                .body("items.path", equalTo(List.of("mixed/cut.jpg", "mixed/leaves.jpg", "mixed/notes.txt")))
                .body("items.problem", equalTo(List.of("damaged-image", "outside-root", "not-an-image")))
                .body("next", is("mixed/notes.txt"));
        viewer().get("/api/v1/imports/" + id + "/refusals?cursor=mixed/notes.txt")
                .then()
                .body("items.problem", equalTo(List.of("not-a-file")));
        viewer().get("/api/v1/sources?collection=imported")
                .then()
                .body("items.path", equalTo(List.of("mixed/a night.jpg", "mixed/b/wine.jpg", "mixed/stays.jpg")))
                .body("items[0].tags", equalTo(List.of("spring")));

        int again = start("{'root':'photos','prefix':'mixed/','collection':'imported','tags':['spring']}");
        done(again).body("imported", is(0)).body("unchanged", is(3)).body("bytes", is(0));
        viewer().get("/api/v1/imports?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("items[0].id", is(again))
                .body("next", is(Integer.toString(again)));
    }

    @Test
    void says_what_it_would_do_and_keeps_nothing() throws IOException {
        byte[] photo = photo("friends.jpg");
        file("dry/life.jpg", photo);

        int id = start("{'root':'photos','prefix':'dry/','collection':'dry','dryRun':true}");

        done(id).body("imported", is(1)).body("bytes", is(photo.length));
        viewer().get("/api/v1/sources?collection=dry").then().body("items", hasSize(0));
    }

    @Test
    void is_started_once_by_one_key() {
        String body = "{'root':'photos','prefix':'nothing/','collection':'once'}".replace('\'', '"');
        int first = operator()
                .header("Idempotency-Key", "import-1")
                .contentType("application/json")
                .body(body)
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        operator()
                .header("Idempotency-Key", "import-1")
                .contentType("application/json")
                .body(body)
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .body("id", is(first));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> viewer().get("/api/v1/imports/" + first)
                        .then()
                        .body("state", is("FAILED"))
                        .body("error", containsString("nothing")));
        operator().delete("/api/v1/imports/" + first).then().statusCode(200).body("state", is("FAILED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'root':'photos','prefix':'../','collection':'x'}",
                "{'root':'photos','prefix':'/etc/','collection':'x'}",
                "{'root':'photos','prefix':'a','collection':'x'}",
                "{'root':'photos','collection':'Not'}",
                "{'collection':'x'}",
                "{'root':'photos','collection':'x','tags':['A B']}"
            })
    void refuses_what_leads_elsewhere(String body) {
        operator()
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/api/v1/imports")
                .then()
                .statusCode(400);
    }

    @Test
    void knows_only_configured_folders_and_callers_who_may() {
        String body = "{\"root\":\"etc\",\"collection\":\"x\"}";
        operator()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/imports")
                .then()
                .statusCode(422)
                .body("type", is("/problems/unknown-root"))
                .body("detail", containsString("photos"));
        viewer().contentType("application/json")
                .body(body)
                .post("/api/v1/imports")
                .then()
                .statusCode(403);
        viewer().get("/api/v1/imports/999999").then().statusCode(404);
        viewer().get("/api/v1/imports/x").then().statusCode(400);
    }

    private void file(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        assertThat(file).exists();
    }

    private static int start(String body) {
        return operator()
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static ValidatableResponse done(int id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> viewer().get("/api/v1/imports/" + id).path("state").equals("DONE"));
        return viewer().get("/api/v1/imports/" + id).then();
    }
}
