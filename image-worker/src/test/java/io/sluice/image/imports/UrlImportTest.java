package io.sluice.image.imports;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.origin.OriginsResource;
import io.sluice.image.origin.OriginsResource.InjectOrigin;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
@QuarkusTestResource(OriginsResource.class)
class UrlImportTest {
    @InjectOrigin
    @SuppressWarnings("NullAway.Init")
    WireMockServer origin;

    @BeforeEach
    void ready() {
        Service.awaitReady();
        origin.resetAll();
    }

    @Test
    void makes_sources_of_urls_and_says_what_came_of_each() {
        give("/public/a/wine.jpg", photo("wine.jpg"));
        give("/public/umang.jpg?size=big", photo("umang.jpg"));
        give("/public/cut.jpg", Arrays.copyOf(photo("wine.jpg"), 20_000));
        String body = """
                {"collection":"listed","tags":["feed"],"urls":[
                 {"url":"%1$s/public/a/wine.jpg"},
                 {"url":"%1$s/public/umang.jpg?size=big","path":"people/umang.jpg"},
                 {"url":"%1$s/public/cut.jpg"},
                 {"url":"%1$s/public/none.jpg"},
                 {"url":"%1$s/secret/wine.jpg"},
                 {"url":"http://169.254.169.254/latest/meta-data"}]}""".formatted(shop());

        int id = start(body, null);

        done(id).body("urls", is(6))
                .body("root", nullValue())
                .body("seen", is(6))
                .body("imported", is(2))
                .body("refused", is(4))
                .body("error", nullValue());
        viewer().get("/api/v1/imports/" + id + "/urls?limit=5")
                .then()
                .body("items.outcome", equalTo(List.of("IMPORTED", "IMPORTED", "REFUSED", "REFUSED", "REFUSED")))
                .body("items[2].problem", is("damaged-image"))
                .body("items[3].problem", is("origin-not-found"))
                .body("items[4].problem", is("origin-refused"))
                .body("next", is("4"));
        viewer().get("/api/v1/imports/" + id + "/urls?cursor=4")
                .then()
                .body("items.problem", equalTo(List.of("origin-refused")));
        viewer().get("/api/v1/imports/" + id + "/refusals")
                .then()
                .body(
                        "items.path",
                        equalTo(List.of("latest/meta-data", "public/cut.jpg", "public/none.jpg", "secret/wine.jpg")));
        viewer().get("/api/v1/sources?collection=listed")
                .then()
                .body("items.path", equalTo(List.of("people/umang.jpg", "public/a/wine.jpg")))
                .body("items[0].tags", equalTo(List.of("feed")));
        done(start(body, null)).body("imported", is(0)).body("unchanged", is(2));
    }

    @Test
    void is_one_import_however_often_it_is_asked_for_with_a_key() {
        give("/public/once.jpg", photo("seeds.jpg"));
        String body = "{\"collection\":\"once\",\"urls\":[{\"url\":\"" + shop() + "/public/once.jpg\"}]}";
        int first = start(body, "url-key-1");
        done(first);

        assertThat(start(body, "url-key-1")).isEqualTo(first);

        origin.verify(1, getRequestedFor(urlEqualTo("/public/once.jpg")));
        viewer().get("/api/v1/imports/" + first + "/urls").then().body("items.oid.size()", is(1));
    }

    @Test
    void ends_behind_the_url_under_way_when_it_is_called_off() {
        origin.stubFor(get(urlEqualTo("/public/slow.jpg"))
                .willReturn(aResponse().withBody(photo("wine.jpg")).withFixedDelay(1_000)));
        int id = start(
                "{\"collection\":\"off\",\"urls\":[{\"url\":\"" + shop() + "/public/slow.jpg\"},{\"url\":\"" + shop()
                        + "/public/never.jpg\"}]}",
                null);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> origin.countRequestsMatching(getRequestedFor(urlEqualTo("/public/slow.jpg"))
                                        .build())
                                .getCount()
                        == 1);

        operator().delete("/api/v1/imports/" + id).then().statusCode(200).body("state", is("CANCELLED"));

        int next = start("{\"collection\":\"off\",\"urls\":[{\"url\":\"" + shop() + "/public/x.jpg\"}]}", null);
        done(next);
        origin.verify(0, getRequestedFor(urlEqualTo("/public/never.jpg")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"collection\":\"a\"}",
                "{\"collection\":\"a\",\"root\":\"photos\",\"urls\":[{\"url\":\"http://a/b.jpg\"}]}",
                "{\"collection\":\"a\",\"urls\":[]}",
                "{\"collection\":\"a\",\"urls\":[{}]}",
                "{\"collection\":\"a\",\"urls\":[{\"url\":\"http://a/\"}]}",
                "{\"collection\":\"a\",\"urls\":[{\"url\":\"not a url\"}]}",
                "{\"collection\":\"a\",\"urls\":[{\"url\":\"http://a/b\",\"path\":\"../b\"}]}",
                "{\"collection\":\"a\",\"urls\":[{\"url\":\"http://a/b\"},{\"url\":\"http://c/b\"}]}",
                "{\"collection\":\"a\",\"dryRun\":true,\"urls\":[{\"url\":\"http://a/b\"}]}"
            })
    void refuses_a_list_that_is_none(String body) {
        ask(body, null).then().statusCode(400).contentType("application/problem+json");
    }

    private static int start(String body, @Nullable String key) {
        Response answer = ask(body, key);
        answer.then().statusCode(202);
        return answer.path("id");
    }

    private static Response ask(String body, @Nullable String key) {
        return operator()
                .contentType("application/json")
                .headers(key == null ? Map.of() : Map.of("Idempotency-Key", key))
                .body(body)
                .post("/api/v1/imports");
    }

    private static ValidatableResponse done(int id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> viewer().get("/api/v1/imports/" + id)
                        .<String>path("state")
                        .equals("DONE"));
        return viewer().get("/api/v1/imports/" + id).then();
    }

    private void give(String path, byte[] body) {
        origin.stubFor(get(urlEqualTo(path)).willReturn(aResponse().withBody(body)));
    }

    private String shop() {
        return "http://shop.test:" + origin.port();
    }
}
