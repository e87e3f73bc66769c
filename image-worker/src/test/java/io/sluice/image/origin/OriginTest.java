package io.sluice.image.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.origin.OriginsResource.InjectOrigin;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.lfs.LfsServer;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
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
class OriginTest {
    @InjectOrigin
    @SuppressWarnings("NullAway.Init")
    WireMockServer origin;

    @InjectOrigin
    @SuppressWarnings("NullAway.Init")
    LfsServer lfs;

    @Inject
    @SuppressWarnings("NullAway.Init")
    NamedHosts hosts;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
        origin.resetAll();
    }

    @AfterEach
    void leaves_nothing_half_fetched() throws IOException {
        try (Stream<Path> left = Files.list(data.resolve("tmp"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.equals(ServiceFolders.LEFT_BY_A_CRASH));
        }
    }

    @Test
    void names_an_image_of_an_origin_redirects_within_the_allow_list_followed() {
        byte[] photo = photo("umang.jpg");
        give("/public/a/b.jpg?v=1", aResponse().withStatus(302).withHeader("Location", "/public/c.jpg"));
        give("/public/c.jpg", aResponse().withBody(photo));

        url("one.jpg", shop("/public/a/b.jpg?v=1"))
                .then()
                .statusCode(200)
                .body("bytes", is(photo.length))
                .body("format", is("jpeg"));
        viewer().get("/api/v1/sources/fetched/one.jpg").then().statusCode(200);
    }

    @Test
    void fetches_a_url_once_for_all_who_ask_at_a_time() throws Exception {
        give("/public/slow.jpg", aResponse().withBody(photo("seeds.jpg")).withFixedDelay(700));
        try (ExecutorService clients = Executors.newFixedThreadPool(6)) {
            Callable<Integer> put =
                    () -> url("same.jpg", shop("/public/slow.jpg")).statusCode();
            List<Future<Integer>> answers = clients.invokeAll(List.of(put, put, put, put, put, put));
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        origin.verify(1, getRequestedFor(urlEqualTo("/public/slow.jpg")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.test:PORT/private/a.jpg",
                "http://shop.test:PORT/publication/a.jpg",
                "http://shop.test:PORT/public/../private/a.jpg",
                "http://shop.test:PORT/public/%2e%2e/private/a.jpg",
                "http://shop.test:PORT/public/..%2fprivate/a.jpg",
                "http://user@shop.test:PORT/public/a.jpg",
                "http://shop.test:PORT@evil.test/public/a.jpg",
                "http://shop.test/public/a.jpg",
                "https://shop.test:PORT/public/a.jpg",
                "http://127.0.0.1:PORT/public/a.jpg",
                "file:///etc/passwd",
                "ftp://shop.test/public/a.jpg",
                "gopher://shop.test:PORT/public/a.jpg",
                "http:///public/a.jpg",
                "http://shop.test:PORT/public/a b.jpg",
                "http://shop.test:PORT/public/a.jpg#b"
            })
    void refuses_what_is_not_on_the_allow_list(String url) {
        url("refused.jpg", url.replace("PORT", Integer.toString(origin.port())))
                .then()
                .statusCode(422)
                .body("type", is("/problems/origin-refused"));
        assertThat(origin.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "10.0.0.7", "::1", "64:ff9b::7f00:1", "2002:7f00:1::"})
    void refuses_an_origin_that_is_suddenly_in_a_private_network(String address) {
        hosts.answer("outside.test", address);

        url("rebound.jpg", "http://outside.test:" + origin.port() + "/a.jpg")
                .then()
                .statusCode(422)
                .body("type", is("/problems/origin-refused"))
                .body("detail", containsString("not in the public internet"));
        assertThat(origin.getAllServeEvents()).isEmpty();
    }

    @Test
    void connects_to_the_address_that_was_checked_and_asks_for_no_other() {
        give("/public/pinned.jpg", aResponse().withBody(photo("umang.jpg")));
        hosts.answer("shop.test", "127.0.0.1", "192.0.2.1");

        url("pinned.jpg", shop("/public/pinned.jpg")).then().statusCode(200);

        assertThat(hosts.left("shop.test")).isOne();
        hosts.answer("shop.test");
    }

    @Test
    void checks_every_redirect_anew() {
        give(
                "/public/out",
                aResponse().withStatus(302).withHeader("Location", "http://169.254.169.254/latest/meta-data"));
        give(
                "/public/in",
                aResponse().withStatus(307).withHeader("Location", "http://outside.test:" + origin.port() + "/a.jpg"));
        give("/public/scheme", aResponse().withStatus(301).withHeader("Location", "file:///etc/passwd"));
        give("/public/loop", aResponse().withStatus(302).withHeader("Location", "/public/loop"));

        for (String path : List.of("/public/out", "/public/in", "/public/scheme", "/public/loop")) {
            url("redirected.jpg", shop(path)).then().statusCode(422).body("type", is("/problems/origin-refused"));
        }
        origin.verify(0, getRequestedFor(urlEqualTo("/a.jpg")));
    }

    @Test
    void says_how_an_origin_failed_and_keeps_nothing() {
        byte[] photo = photo("umang.jpg");
        give("/public/broken", aResponse().withStatus(500));
        give("/public/busy", aResponse().withStatus(503));
        give("/public/reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        give("/public/garbage", aResponse().withBody("<html>no image</html>"));
        give("/public/cut", aResponse().withBody(Arrays.copyOf(photo, photo.length / 2)));
        give(
                "/public/long",
                aResponse().withHeader("Content-Length", "200000000").withBody(photo));
        give("/public/loris", aResponse().withBody(photo).withChunkedDribbleDelay(100, 60_000));

        refused("/public/missing", 422, "origin-not-found");
        refused("/public/broken", 502, "origin-failed");
        refused("/public/busy", 503, "origin-busy");
        refused("/public/reset", 502, "origin-failed");
        refused("/public/garbage", 415, "not-an-image");
        refused("/public/cut", 422, "damaged-image");
        refused("/public/long", 413, "body-too-large");
        refused("/public/loris", 504, "origin-too-slow");
        viewer().get("/api/v1/sources/fetched/failed.jpg").then().statusCode(404);
    }

    @Test
    void adopts_an_image_of_a_git_lfs_server_once() {
        byte[] photo = photo("night.jpg");
        byte[] another = new byte[photo.length + 2];
        System.arraycopy(photo, 0, another, 0, photo.length);
        String oid = lfs.add(another); // with two bytes behind its end an image of its own
        int before = lfs.downloads();

        oid("lfs.jpg", oid, another.length).then().statusCode(200).body("oid", is(oid));
        oid("lfs2.jpg", oid, another.length).then().statusCode(200);

        assertThat(lfs.downloads() - before).isOne();
    }

    @Test
    void says_what_a_git_lfs_server_failed_in_and_keeps_nothing() {
        String rotten = lfs.add("the right bytes".getBytes(StandardCharsets.UTF_8));
        lfs.rot(rotten, photo("umang.jpg"));
        String text = lfs.add("no image".getBytes(StandardCharsets.UTF_8));

        oid("x.jpg", "1".repeat(64), 7).then().statusCode(422).body("type", is("/problems/unknown-oid"));
        oid("x.jpg", rotten, 15).then().statusCode(502).body("type", is("/problems/origin-wrong-bytes"));
        oid("x.jpg", rotten, 16)
                .then()
                .statusCode(502)
                .body("detail", containsString("error 422 for this object: Object is not 16 bytes"));
        oid("x.jpg", text, 8).then().statusCode(415).body("type", is("/problems/not-an-image"));
        viewer().get("/api/v1/images/" + rotten).then().statusCode(404);
    }

    private void give(String url, ResponseDefinitionBuilder response) {
        origin.stubFor(get(urlEqualTo(url)).willReturn(response));
    }

    private void refused(String path, int status, String problem) {
        url("failed.jpg", shop(path)).then().statusCode(status).body("type", is("/problems/" + problem));
    }

    private String shop(String path) {
        return "http://shop.test:" + origin.port() + path;
    }

    private static Response url(String name, String url) {
        return put(name, "{\"url\":\"" + url + "\"}");
    }

    private static Response oid(String name, String oid, long bytes) {
        return put(name, "{\"oid\":\"" + oid + "\",\"bytes\":" + bytes + "}");
    }

    private static Response put(String name, String body) {
        return operator().contentType("application/json").body(body).put("/api/v1/sources/fetched/" + name);
    }
}
