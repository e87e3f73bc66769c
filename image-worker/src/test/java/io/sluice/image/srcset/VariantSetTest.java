package io.sluice.image.srcset;

import static io.restassured.RestAssured.given;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
class VariantSetTest {
    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_a_set_in_one_job_and_says_how_to_show_it() {
        String oid = upload(photo(firstPhoto()));
        Response first =
                ask(oid, "set-1", "{\"collection\":\"samples\",\"widths\":[60,120],\"formats\":[\"webp\",\"jpeg\"]}");
        first.then()
                .statusCode(202)
                .body("ready", is(false))
                .body("html", containsString("<source type=\"image/webp\""))
                .body("formats[0].srcset", containsString(" 128w, /v/samples/" + oid))
                .body("formats[1].variants[1].width", is(64));
        int job = first.path("job");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> viewer().get("/api/v1/jobs/" + job).then().body("result", is("made")));

        List<String> urls = first.path("formats.variants.flatten().url");
        urls.forEach(url -> given().urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .header("Sluice-Outcome", "stored"));
        assertThat(Service.facts(given().urlEncodingEnabled(false)
                                .get(urls.getFirst())
                                .asByteArray())
                        .width())
                .isEqualTo(128);
        ask(oid, "set-1", "{\"collection\":\"samples\",\"widths\":[60,120],\"formats\":[\"webp\",\"jpeg\"]}")
                .then()
                .statusCode(200)
                .body("ready", is(true));
        ask(oid, "set-1", "{\"widths\":[60]}").then().statusCode(422);
    }

    @Test
    void queues_equal_sets_once() {
        String oid = upload(photo(firstPhoto()));
        String body = "{\"widths\":[90],\"formats\":[\"avif\",\"webp\"]}";
        Response first = ask(oid, null, body);
        Response second = ask(oid, null, body);
        if (second.statusCode() == 202) {
            assertThat(second.<Integer>path("job")).isEqualTo(first.<Integer>path("job"));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> ask(oid, null, body).then().statusCode(200));
    }

    @Test
    void refuses_what_it_cannot_make() {
        String oid = upload(photo(firstPhoto()));
        ask(oid, null, "{\"widths\":[0]}").then().statusCode(400);
        ask(oid, null, "{\"formats\":[\"gif\"]}").then().statusCode(400);
        ask(oid, null, "{\"quality\":{\"png\":3}}").then().statusCode(400);
        ask("0".repeat(64), null, "{}").then().statusCode(404);
        ask("x", null, "{}").then().statusCode(400);
    }

    private static Response ask(String oid, @Nullable String key, String body) {
        return operator()
                .contentType("application/json")
                .headers(key == null ? Map.of() : Map.of("Idempotency-Key", key))
                .body(body)
                .post("/api/v1/images/" + oid + "/variants");
    }

    private static String firstPhoto() {
        try (var photos = Files.list(Path.of("../samples/photos"))) {
            return photos.map(photo -> photo.getFileName().toString())
                    .filter(name -> name.endsWith(".jpg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
