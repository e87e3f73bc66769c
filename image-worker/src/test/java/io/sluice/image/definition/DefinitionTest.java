package io.sluice.image.definition;

import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.platform.snapshot.SnapshotFile;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
class DefinitionTest {
    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void marks_pictures_by_the_content_of_the_watermark() {
        String logo = upload(photo("seeds.jpg"));
        String first = mark("logo", "{\"oid\":\"" + logo + "\",\"scale\":50}");
        String again = mark("logo", "{\"oid\":\"" + logo + "\",\"scale\":50}");
        String other = mark("logo", "{\"oid\":\"" + logo + "\",\"scale\":40}");
        assertThat(again).isEqualTo(first).isNotEqualTo(other);
        viewer().get("/api/v1/watermarks/logo").then().statusCode(200).body("id", is(other));

        String oid = upload(photo("wine.jpg"));
        byte[] plain = served(oid, "q80-w384-xinside").asByteArray();
        byte[] marked = served(oid, "m" + other + "-q80-w384-xinside").asByteArray();
        byte[] former = served(oid, "m" + first + "-q80-w384-xinside").asByteArray();
        assertThat(marked).isNotEqualTo(plain).isNotEqualTo(former);

        operator().delete("/api/v1/watermarks/logo").then().statusCode(204);
        viewer().get("/api/v1/watermarks/logo").then().statusCode(404);
        assertThat(served(oid, "m" + other + "-q70-w384-xinside").statusCode()).isEqualTo(200);
        Response unknown = served(oid, "m0123456789abcdef-q80-w384-xinside");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.jsonPath().getString("type")).isEqualTo("/problems/unknown-watermark");
    }

    @Test
    void keeps_presets_with_all_that_addresses_need_and_on_disk() throws IOException {
        String oid = upload(photo("night.jpg"));
        String mark = mark("corner", "{\"oid\":\"" + oid + "\"}");
        String preset = """
                {"width":320,"height":200,"fit":"cover","dpr":2,"quality":{"webp":70},
                 "operations":{"gravity":"attention","bg":"ffffff","wm":"corner"}}""";
        put("/api/v1/presets/card", preset)
                .then()
                .statusCode(200)
                .body("letters", is(java.util.Map.of("c", "ffffff", "g", "attention", "m", mark)))
                .body("quality.webp", is(70))
                .body("quality.avif", is(60));
        viewer().get("/api/v1/presets/card").then().statusCode(200).body("dpr", is(2));
        viewer().get("/api/v1/presets").then().statusCode(200).body("items.name", hasItem("card"));
        operator().delete("/api/v1/watermarks/corner").then().statusCode(409).body("detail", containsString("card"));
        byte[] saved =
                new SnapshotFile(data.resolve("definitions.snapshot")).read().orElseThrow();
        SavedDefinitions definitions = new ObjectMapper().readValue(saved, SavedDefinitions.class);
        assertThat(definitions.presets()).containsKey("card");
        assertThat(definitions.markNames()).containsEntry("corner", mark);
        assertThat(new String(saved, StandardCharsets.UTF_8)).contains(mark);

        operator().delete("/api/v1/presets/card").then().statusCode(204);
        operator().delete("/api/v1/presets/card").then().statusCode(404);
        operator().delete("/api/v1/watermarks/corner").then().statusCode(204);
    }

    @Test
    void lists_in_pages() {
        put("/api/v1/presets/page-a", "{\"width\":64}").then().statusCode(200);
        put("/api/v1/presets/page-b", "{\"width\":64}").then().statusCode(200);
        viewer().get("/api/v1/presets?limit=1&cursor=page-")
                .then()
                .body("items.name", contains("page-a"))
                .body("next", is("page-a"));
        viewer().get("/api/v1/presets?limit=1&cursor=page-a").then().body("items.name", contains("page-b"));
        viewer().get("/api/v1/presets?limit=0").then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"width\":5000}",
                "{\"width\":64,\"fit\":\"stretch\"}",
                "{\"width\":64,\"operations\":{\"gravity\":\"n\"}}",
                "{\"width\":64,\"operations\":{\"blur\":\"99\"}}",
                "{\"width\":64,\"operations\":{\"spin\":\"99\"}}",
                "{\"width\":64,\"operations\":{\"wm\":\"nobody\"}}",
                "{\"width\":64,\"quality\":{\"webp\":0}}"
            })
    void refuses_presets_that_no_address_could_say(String body) {
        put("/api/v1/presets/bad", body).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"oid\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "{\"text\":\"a\",\"oid\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "{\"text\":\" \"}",
                "{\"text\":\"a\",\"opacity\":0}",
                "{\"text\":\"a\",\"position\":\"left\"}",
                "{\"text\":\"a\",\"font\":\"../x\"}"
            })
    void refuses_watermarks_that_cannot_be(String body) {
        put("/api/v1/watermarks/bad", body).then().statusCode(400);
    }

    private static String mark(String name, String body) {
        return put("/api/v1/watermarks/" + name, body)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static Response put(String path, String body) {
        return operator().contentType("application/json").body(body).put(path);
    }

    private static Response served(String oid, String letters) {
        Recipe recipe = Recipe.parse(Service.profile(oid) + "-" + letters);
        return Service.get(VariantAddress.of("samples", oid, recipe, ImageFormat.WEBP));
    }
}
