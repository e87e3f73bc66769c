package io.sluice.image.srcset;

import static io.restassured.RestAssured.given;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.ImageFacts;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets with boxes and presets, and the one that is made when an image gets its name. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class ShapedSetTest {
    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_boxes_of_one_shape_and_a_page_that_has_it() {
        String oid = upload(photo("wine.jpg"));

        Response set = ask(oid, "{\"widths\":[96,384],\"formats\":[\"webp\"],\"ratio\":\"3:2\"}");

        assertThat(set.<List<String>>path("formats[0].variants.url"))
                .satisfiesExactly(
                        url -> assertThat(url).contains("-h256-q80-w384-xcover.webp"),
                        url -> assertThat(url).contains("-h64-q80-w96-xcover.webp"));
        assertThat(set.<String>path("html")).contains("width=\"384\" height=\"256\"");
        ImageFacts made = Service.facts(given().urlEncodingEnabled(false)
                .get(set.<String>path("formats[0].variants[1].url"))
                .asByteArray());
        assertThat(List.of(made.width(), made.height())).containsExactly(96, 64);
    }

    @Test
    void takes_fit_shape_operations_and_qualities_of_a_preset() {
        operator()
                .contentType("application/json")
                .body("{\"width\":256,\"height\":256,\"fit\":\"cover\",\"quality\":{\"webp\":61},"
                        + "\"operations\":{\"sharpen\":\"1\",\"anim\":\"all\",\"kcr\":\"1\"}}")
                .put("/api/v1/presets/square")
                .then()
                .statusCode(200);
        String oid = upload(photo("wine.jpg"));

        Response set = ask(
                oid,
                "{\"widths\":[64,128],\"formats\":[\"webp\",\"jpeg\"],\"quality\":{\"jpeg\":70},\"preset\":\"square\"}");

        assertThat(set.<List<String>>path("formats.variants.url.flatten()"))
                .satisfiesExactly(
                        url -> assertThat(url).contains("-h128-kcr-nall-q61-s10-w128-xcover.webp"),
                        url -> assertThat(url).contains("-h64-kcr-nall-q61-s10-w64-xcover.webp"),
                        url -> assertThat(url).contains("-h128-kcr-q70-s10-w128-xcover.jpg"),
                        url -> assertThat(url).contains("-h64-kcr-q70-s10-w64-xcover.jpg"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fit\":\"cover\"}",
                "{\"fit\":\"inside\",\"ratio\":\"1:1\"}",
                "{\"fit\":\"squeeze\",\"ratio\":\"1:1\"}",
                "{\"ratio\":\"0:1\"}",
                "{\"ratio\":\"16/9\"}",
                "{\"preset\":\"square\",\"ratio\":\"1:1\"}",
                "{\"preset\":\"nobody-defined-it\"}"
            })
    void refuses_what_has_no_shape(String body) {
        ask(upload(photo("wine.jpg")), body).then().statusCode(400);
    }

    @Test
    void makes_what_pages_show_first_when_an_image_gets_its_name() {
        String oid = upload(photo("friends.jpg"));
        name("posters", "friends.jpg", oid);
        String profile = Service.profile(oid);

        VariantAddress first =
                VariantAddress.of("posters", oid, Recipe.parse(profile + "-q75-w64-xinside"), ImageFormat.WEBP);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> viewer().get("/api/v1/jobs?oid=" + oid)
                        .then()
                        .body("items.find { it.kind == 'first-paint' }.result", containsString("made"))
                        .body("items.find { it.kind == 'first-paint' }.priority.toString()", containsString("8")));
        assertThat(Service.get(first).header("Sluice-Outcome")).isEqualTo("stored");
        name("posters", "again.jpg", oid);
        name("elsewhere", "friends.jpg", oid);
        assertThat(viewer().get("/api/v1/jobs?oid=" + oid).<List<String>>path("items.kind"))
                .as("what is stored, or of another collection, is not queued")
                .containsOnlyOnce("first-paint");
    }

    private static void name(String collection, String path, String oid) {
        operator()
                .contentType("application/json")
                .body("{\"oid\":\"" + oid + "\"}")
                .put("/api/v1/sources/" + collection + '/' + path)
                .then()
                .statusCode(200);
    }

    private static Response ask(String oid, String body) {
        return operator().contentType("application/json").body(body).post("/api/v1/images/" + oid + "/variants");
    }
}
