package io.sluice.image.sources;

import static io.restassured.RestAssured.given;
import static io.sluice.image.Service.address;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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
class SourceTest {
    @TestHTTPResource("/api/v1/sources/changes")
    @SuppressWarnings("NullAway.Init")
    URI changes;

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void names_finds_lists_and_takes_names_away() {
        String oid = upload(photo("wine.jpg"));
        for (String name : List.of("b.jpg", "a%20b/c.jpg", "z.jpg")) {
            put("/api/v1/sources/shop/" + name, oid).then().statusCode(200).body("oid", is(oid));
        }
        get("/api/v1/sources/shop/a%20b/c.jpg").then().statusCode(200).body("path", is("a b/c.jpg"));
        String next = viewer().get("/api/v1/sources?collection=shop&limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].path", is("a b/c.jpg"))
                .extract()
                .path("next");
        viewer().get("/api/v1/sources?collection=shop&limit=2&cursor=" + next)
                .then()
                .body("items", hasSize(1))
                .body("next", is((Object) null));
        operator().delete("/api/v1/sources/shop/b.jpg").then().statusCode(204);
        operator().delete("/api/v1/sources/shop/b.jpg").then().statusCode(404);
        viewer().get("/api/v1/sources/shop/b.jpg").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sources/shop/a%2Fb.jpg",
                "/api/v1/sources/shop/..%5Cb.jpg",
                "/api/v1/sources/shop/%2e%2e/b.jpg",
                "/api/v1/sources/shop/a/%2e/b.jpg",
                "/api/v1/sources/shop/%ff.jpg",
                "/api/v1/sources/shop/%00.jpg",
                "/api/v1/sources/SHOP/b.jpg"
            })
    void refuses_names_that_lead_elsewhere(String path) {
        int status = put(path, "0".repeat(64)).statusCode();
        assertThat(status).isIn(400, 404, 405);
    }

    @Test
    void refuses_malformed_bodies_unknown_images_and_callers_who_may_not() {
        String path = "/api/v1/sources/shop/x.jpg";
        operator()
                .contentType("application/json")
                .body("{\"oid\":")
                .put(path)
                .then()
                .statusCode(400);
        operator()
                .contentType("application/json")
                .body("{\"oid\":5}")
                .put(path)
                .then()
                .statusCode(400);
        operator().contentType("application/json").body("{}").put(path).then().statusCode(400);
        put(path, "0".repeat(64)).then().statusCode(422).body("type", is("/problems/unknown-oid"));
        viewer().contentType("application/json").body("{}").put(path).then().statusCode(403);
        given().contentType("application/json").body("{}").put(path).then().statusCode(401);
        viewer().get("/api/v1/sources?collection=shop&limit=0").then().statusCode(400);
        viewer().get("/api/v1/sources").then().statusCode(400);
        String oid = upload(photo("wine.jpg"));
        operator()
                .contentType("application/json")
                .body("{\"oid\":\"" + oid + "\",\"colour\":1}")
                .put(path)
                .then()
                .statusCode(200)
                .header("Sluice-Ignored-Fields", "/colour");
    }

    @Test
    void feeds_every_change_in_order_and_resumes() throws Exception {
        String oid = upload(photo("wine.jpg"));
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> puts = IntStream.range(0, 60)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> put("/api/v1/sources/feed/" + i + ".jpg", oid).statusCode())
                    .toList();
            var running = puts.stream().map(clients::submit).toList();
            List<Event> seen = read("0", event -> event.data.contains("\"path\":\"last.jpg\""), () -> {
                for (var one : running) {
                    assertThat(one.get()).isEqualTo(200);
                }
                return put("/api/v1/sources/feed/last.jpg", oid);
            });
            assertThat(seen.getFirst().name).isEqualTo("hello");
            assertThat(seen.getFirst().data).contains("\"profiles\":[\"e");
            List<Event> fed = seen.stream()
                    .filter(event -> event.data.contains("\"collection\":\"feed\""))
                    .toList();
            assertThat(fed).hasSize(61);
            assertThat(fed.stream().map(event -> event.id)).isSorted();
            List<Event> rest =
                    read(fed.get(58).id + "", event -> event.data.contains("\"path\":\"last.jpg\""), () -> 0);
            assertThat(rest).hasSize(3);
        }
    }

    @Test
    void puts_the_tags_of_a_source_on_its_variants() {
        String oid = upload(photo("friends.jpg"));
        operator()
                .contentType("application/json")
                .body("{\"oid\":\"" + oid + "\",\"tags\":[\"spring\",\"hero\"]}")
                .put("/api/v1/sources/samples/tagged.jpg")
                .then()
                .statusCode(200)
                .body("tags", is(List.of("spring", "hero")));
        VariantAddress address = address(oid, 96, 70, ImageFormat.WEBP);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(Service.get(address).header("Surrogate-Key")).endsWith("col-samples hero spring"));
    }

    @Test
    void goes_on_delivering_while_postgresql_is_away() {
        String oid = upload(photo("night.jpg"));
        VariantAddress stored = address(oid, 192, 70, ImageFormat.WEBP);
        assertThat(Service.get(stored).statusCode()).isEqualTo(200);
        postgres.stop();
        try {
            assertThat(Service.get(stored).statusCode()).isEqualTo(200);
            assertThat(Service.get(address(oid, 128, 70, ImageFormat.WEBP)).statusCode())
                    .isEqualTo(200);
            var avif = Service.get(address(oid, 128, 50, ImageFormat.AVIF));
            assertThat(avif.statusCode()).isEqualTo(307);
            assertThat(Service.follow(avif).statusCode()).isEqualTo(200);
            put("/api/v1/sources/shop/away.jpg", oid).then().statusCode(503).header("Retry-After", "5");
            viewer().get("/api/v1/sources?collection=shop").then().statusCode(503);
            viewer().get("/api/v1/sources/changes").then().statusCode(503).header("Retry-After", "5");
            given().get("/api/v1/sources/changes").then().statusCode(401);
            operator().body(photo("wine.jpg")).post("/api/v1/images").then().statusCode(503);
            given().get("/q/health/ready").then().statusCode(200);
        } finally {
            postgres.restart();
        }
        Service.awaitReady();
        put("/api/v1/sources/shop/away.jpg", oid).then().statusCode(200);
        VariantAddress avif = address(oid, 128, 50, ImageFormat.AVIF);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Service.get(avif).statusCode()).isEqualTo(200));
    }

    private record Event(String name, long id, String data) {}

    private interface Ending {
        boolean is(Event event);
    }

    private List<Event> read(String after, Ending last, Callable<?> meanwhile) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) changes.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + TestTokens.SERVICE);
        connection.setRequestProperty("Last-Event-ID", after);
        connection.setReadTimeout(20_000);
        List<Event> events = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            meanwhile.call();
            String name = "";
            long id = 0;
            String data = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = Long.parseLong(line.substring(3).strip());
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && !name.isEmpty()) {
                    Event event = new Event(name, id, data);
                    events.add(event);
                    name = "";
                    if (last.is(event)) {
                        return events;
                    }
                }
            }
        }
        return events;
    }

    private static io.restassured.response.Response get(String path) {
        return viewer().urlEncodingEnabled(false).get(path);
    }

    private static io.restassured.response.Response put(String path, String oid) {
        return operator()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{\"oid\":\"" + oid + "\"}")
                .put(path);
    }
}
