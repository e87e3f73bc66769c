package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class DeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void threads() {
        threads.shutdownNow();
    }

    @BeforeEach
    void catalogue() {
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        surrounding.worker().be(FakeWorker.Mode.GOOD, 0);
        await().atMost(Duration.ofSeconds(10)).until(() -> surrounding.worker().followers() > 0);
        surrounding.worker().publish(2, "cat.jpg", FakeWorker.OID_A, 3000, 2000, false, false);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(client().get("/img/photos/cat.jpg").statusCode()).isEqualTo(302);
            assertThat(header(client().get("/img/photos/cat.jpg"), "Link")).isNotEmpty();
        });
    }

    @Test
    void redirects_to_a_signed_address_on_a_cdn_with_the_alternate_in_link() {
        HttpResponse<String> response = client().get("/img/photos/cat.jpg?w=500", "Accept", CHROME);

        assertThat(response.statusCode()).isEqualTo(302);
        URI location = URI.create(header(response, "Location"));
        VariantAddress address = VariantAddress.parse(location.getRawPath());
        assertThat(address.path()).isEqualTo("/v/photos/" + FakeWorker.OID_A + "/e7-q60-w512-xinside.avif");
        Map<String, String> query = query(location);
        assertThat(new AddressSigner("k1", Map.of("k1", Surroundings.SECRET))
                        .verify(address.path(), query.get("k"), query.get("s"), null, Instant.EPOCH))
                .isEqualTo(AddressSigner.Verdict.VALID);
        String other = location.getAuthority().equals(authority(surrounding.edgeA()))
                ? surrounding.edgeB().url()
                : surrounding.edgeA().url();
        assertThat(header(response, "Link"))
                .isEqualTo(
                        "<" + other + location.getRawPath() + "?" + location.getRawQuery() + ">; rel=duplicate; pri=2");
        assertThat(header(response, "Vary")).isEqualTo("Accept, Save-Data, Sec-CH-DPR, Sec-CH-Width");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=30");
        assertThat(header(response, "Server-Timing")).startsWith("cdn;desc=edge-");
        assertThat(response.headers().firstValue("Sluice-Decision")).isEmpty();
    }

    @Test
    void answers_head_like_get() {
        HttpResponse<String> response = client().send("HEAD", "/img/photos/cat.jpg?w=500", "Accept", CHROME);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Location")).contains("/e7-q60-w512-xinside.avif?k=k1&s=");
    }

    @Test
    void answers_the_same_request_the_same_way() {
        String first = header(client().get("/img/photos/cat.jpg?w=500", "Accept", CHROME), "Location");
        for (int i = 0; i < 50; i++) {
            assertThat(header(client().get("/img/photos/cat.jpg?w=500", "Accept", CHROME), "Location"))
                    .isEqualTo(first);
        }
    }

    @Test
    void spreads_sources_over_both_cdns() {
        int onA = 0;
        for (int i = 0; i < 200; i++) {
            String oid = "%064x".formatted(i + 1);
            surrounding.worker().publish(100 + i, "many-" + i + ".jpg", oid, 100, 100, false, false);
        }
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/many-199.jpg").statusCode() == 302);
        for (int i = 0; i < 200; i++) {
            onA += host("/img/photos/many-" + i + ".jpg").equals(authority(surrounding.edgeA())) ? 1 : 0;
        }
        assertThat(onA).isBetween(60, 140);
    }

    @Test
    void lowers_quality_for_save_data_and_takes_hints_and_presets() {
        assertThat(path("/img/photos/cat.jpg?w=500", "Accept", CHROME, "Save-Data", "on"))
                .contains("-q50-w512-");
        assertThat(path("/img/photos/cat.jpg?w=300", "Sec-CH-DPR", "2.0")).endsWith("-q75-w640-xinside.jpg");
        assertThat(path("/img/photos/cat.jpg", "Sec-CH-Width", "700")).contains("-w768-");
        assertThat(path("/img/photos/cat.jpg?preset=thumb", "Accept", "image/webp,*/*"))
                .contains("-q50-w128-");
        assertThat(path("/img/photos/cat.jpg")).contains("-w2560-");
    }

    @Test
    void spells_operations_in_the_address() {
        assertThat(path("/img/photos/cat.jpg?w=300&crop=0,0,1000,500&blur=2.5&bg=ffffff&pad=1,2,3,4"))
                .endsWith("/e7-a0x0x1000x500-b25-cffffff-p1x2x3x4-q75-w384-xinside.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&h=200&gravity=ne")).endsWith("-gne-h256-q75-w384-xcover.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&h=200&focal=0.25%2C0.75")).contains("-g250x750-h256-");
        assertThat(path("/img/photos/cat.jpg?w=2500&rotate=90&sharpen=1&trim=10&flip=h"))
                .as("turned, the source is 2000 wide")
                .endsWith("/e7-d90-fh-q75-s10-t10-w1600-xinside.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&h=300&fit=fill")).endsWith("-h384-q75-w384-xfill.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&anim=all", "Accept", "image/webp,*/*"))
                .endsWith("-nall-q80-w384-xinside.webp");
        assertThat(path("/img/photos/cat.jpg?w=300&anim=all")).endsWith("/e7-q75-w384-xinside.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&format=gif&anim=all")).endsWith("/e7-nall-w384-xinside.gif");
        assertThat(path("/img/photos/cat.jpg?w=300&utm=x&lang=en")).endsWith("/e7-q75-w384-xinside.jpg");
    }

    @Test
    void takes_presets_and_watermarks_of_image_worker() {
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/cat.jpg?preset=card").statusCode() == 302);
        assertThat(path("/img/photos/cat.jpg?preset=card", "Accept", "image/webp,*/*", "Sec-CH-DPR", "3"))
                .endsWith("/e7-gn-h256-m0123456789abcdef-q66-w384-xcover.webp");
        assertThat(path("/img/photos/cat.jpg?preset=card&gravity=s"))
                .endsWith("/e7-gs-h256-m0123456789abcdef-q70-w384-xcover.jpg");
        assertThat(path("/img/photos/cat.jpg?w=300&wm=logo")).endsWith("/e7-m0123456789abcdef-q75-w384-xinside.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=300&wm=nobody",
                "w=300&gravity=ne",
                "w=300&h=200&fit=inside&gravity=ne",
                "w=300&h=200&gravity=n&focal=0,0",
                "w=300&blur=99",
                "w=300&crop=5000,0,10,10",
                "w=300&crop=1,2,3",
                "w=300&rotate=45",
                "w=300&trim=5&trim=5"
            })
    void refuses_operations_that_cannot_be(String query) {
        refused(400, "/problems/invalid-request", "/img/photos/cat.jpg?" + query);
    }

    @Test
    void explains_itself_when_asked() {
        HttpResponse<String> response = client().get("/img/photos/cat.jpg?w=500", "Sluice-Explain", "1");
        assertThat(header(response, "Sluice-Decision"))
                .contains("cdn=edge-", "format=ACCEPT", "size=REQUEST/NONE", "quality=75/75", "level=0");
    }

    @Test
    void refuses_bad_parameters_and_formats() {
        refused(400, "/problems/invalid-request", "/img/photos/cat.jpg?w=0");
        refused(400, "/problems/invalid-request", "/img/photos/cat.jpg?w=999999");
        refused(400, "/problems/invalid-request", "/img/photos/cat.jpg?format=bmp");
        refused(400, "/problems/invalid-request", "/img/photos/cat.jpg?preset=none");
        refused(406, "/problems/not-acceptable", "/img/photos/cat.jpg", "Accept", "*/*;q=0");
        assertThat(client().send("POST", "/img/photos/cat.jpg").statusCode()).isEqualTo(405);
        refused(404, "/problems/not-found", "/other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/img/photos/../secret",
                "/img/photos/%2e%2e/secret",
                "/img/photos//evil.example/x",
                "/img//evil.example/x",
                "/img/http://evil.example/x",
                "/img/photos/a%2fb",
                "/img/photos/x%0d%0aLocation:%20http://evil.example",
                "//evil.example/img/photos/cat.jpg",
                "http://evil.example/img/photos/cat.jpg",
                "/img/photos/%zz",
                "/img/"
            })
    void refuses_abuse_of_the_path(String target) throws IOException {
        String response = raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "no-store");
        assertThat(response.toLowerCase(Locale.ROOT)).doesNotContain("\r\nlocation:");
    }

    @Test
    void refuses_huge_addresses_and_headers() throws IOException {
        assertThat(raw("GET /img/photos/" + "a".repeat(65_536) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ");
        assertThat(raw("GET /img/photos/cat.jpg HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(65_536) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    @Test
    void looks_up_what_is_not_in_memory_once_and_keeps_it() {
        int before = surrounding.worker().lookups();
        surrounding.worker().be(FakeWorker.Mode.GOOD, 200);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> client().get("/img/photos/looked-up.jpg").statusCode(), threads));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(302));
        assertThat(surrounding.worker().lookups() - before).isEqualTo(1);
        assertThat(client().get("/img/photos/with%20space.jpg").statusCode()).isEqualTo(302);
        assertThat(path("/img/sha256/" + FakeWorker.OID_B)).startsWith("/v/sha256/" + FakeWorker.OID_B + "/");
    }

    @Test
    void an_unknown_source_is_404_for_a_while_and_known_when_it_is_set() {
        refused(404, "/problems/unknown-source", "/img/photos/new.jpg");
        int before = surrounding.worker().lookups();
        refused(404, "/problems/unknown-source", "/img/photos/new.jpg");
        assertThat(surrounding.worker().lookups()).isEqualTo(before);
        surrounding.worker().publish(900, "new.jpg", FakeWorker.OID_B, 100, 100, true, false);
        await().atMost(SOON).until(() -> client().get("/img/photos/new.jpg").statusCode() == 302);
        assertThat(path("/img/photos/new.jpg")).endsWith(".png");
        surrounding.worker().publish(901, "new.jpg", FakeWorker.OID_B, 100, 100, true, true);
        await().atMost(SOON).until(() -> client().get("/img/photos/new.jpg").statusCode() == 404);
    }

    @Test
    void a_look_up_that_fails_or_hangs_is_503_and_not_remembered() {
        for (FakeWorker.Mode mode : List.of(FakeWorker.Mode.ERROR, FakeWorker.Mode.GARBAGE, FakeWorker.Mode.RESET)) {
            surrounding.worker().be(mode, 0);
            refused(503, "/problems/lookup-failed", "/img/photos/flaky.jpg");
        }
        surrounding.worker().be(FakeWorker.Mode.GOOD, 5_000);
        long start = System.nanoTime();
        HttpResponse<String> response = refused(503, "/problems/lookup-failed", "/img/photos/flaky.jpg");
        assertThat(header(response, "Retry-After")).isEqualTo("2");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        surrounding.worker().be(FakeWorker.Mode.GOOD, 0);
        refused(404, "/problems/unknown-source", "/img/photos/flaky.jpg");
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "RESET", "GARBAGE_BODY", "ERROR_STATUS"})
    void moves_away_from_an_edge_that_fails_and_back(FakeEdge.Mode mode) {
        surrounding.edgeA().be(mode);
        onlyOn(surrounding.edgeB());
        assertThat(client().get("/img/photos/cat.jpg").headers().firstValue("Link"))
                .isEmpty();
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        await().atMost(SOON)
                .until(() -> client().get("/img/photos/cat.jpg")
                        .headers()
                        .firstValue("Link")
                        .isPresent());
    }

    @Test
    void a_throttle_of_the_origin_moves_nothing() {
        surrounding.edgeA().be(FakeEdge.Mode.THROTTLE);
        await().atMost(SOON).untilAsserted(() -> cdn("edge-a").body("lastSeen", equalTo("throttled by the origin")));
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> cdn("edge-a").body("status", equalTo("UP")));
    }

    @Test
    void killing_both_edges_is_a_clear_503_and_they_come_back() {
        surrounding.edgeA().kill();
        surrounding.edgeB().kill();
        await().atMost(SOON).until(() -> client().get("/img/photos/cat.jpg").statusCode() == 503);
        HttpResponse<String> response = refused(503, "/problems/no-cdn", "/img/photos/cat.jpg");
        assertThat(header(response, "Retry-After")).isEqualTo("2");
        cdn("edge-a").body("status", equalTo("UNREACHABLE")).body("transitions.size()", greaterThan(0));
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void edges_that_all_answer_wrongly_are_used_in_static_order_and_it_says_so() {
        surrounding.edgeA().be(FakeEdge.Mode.ERROR_STATUS);
        surrounding.edgeB().be(FakeEdge.Mode.ERROR_STATUS);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(header(client().get("/img/photos/cat.jpg"), "Sluice-Outcome"))
                        .isEqualTo("static-order"));
        assertThat(client().get("/img/photos/cat.jpg").statusCode()).isEqualTo(302);
    }

    @Test
    void delivery_goes_on_without_postgresql_and_control_calls_say_503() {
        await().atMost(SOON).untilAsserted(() -> cdn("edge-a").body("name", equalTo("edge-a")));
        postgres.stop();
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(client().get("/img/photos/cat.jpg").statusCode()).isEqualTo(302);
            }
            operator()
                    .body("{\"reason\":\"test\"}")
                    .post("/api/v1/cdns/edge-a/drain")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5");
            cdn("edge-a").body("status", equalTo("UP"));
            given().get("/q/health/ready").then().statusCode(200);
            given().get("/q/health/live").then().statusCode(200);
        } finally {
            postgres.restart();
        }
    }

    @Test
    void no_event_loop_is_blocked_under_traffic() {
        try (BlockedThreads blocked = new BlockedThreads()) {
            surrounding.worker().be(FakeWorker.Mode.GOOD, 50);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int id = i;
                clients.add(CompletableFuture.runAsync(
                        () -> {
                            Client client = client();
                            for (int n = 0; n < 200; n++) {
                                client.get("/img/photos/cat.jpg?w=" + (n + 1), "Accept", CHROME);
                                client.get("/img/photos/none-" + id + '-' + n % 10);
                            }
                        },
                        threads));
            }
            clients.forEach(CompletableFuture::join);
            blocked.assertNone();
        }
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains(
                        "sluice_gateway_delivery_seconds_count",
                        "sluice_gateway_decisions_total{",
                        "sluice_gateway_cdn_up{cdn=\"edge-a\"}",
                        "sluice_gateway_catalogue_size",
                        "sluice_gateway_catalogue_requests_total{result=\"hit\"}",
                        "sluice_gateway_snapshot_age_seconds");
    }

    private void onlyOn(FakeEdge edge) {
        await().atMost(SOON).untilAsserted(() -> {
            for (int i = 0; i < 10; i++) {
                surrounding
                        .worker()
                        .publish(300 + i, "both-" + i + ".jpg", "%064x".formatted(i + 7), 100, 100, false, false);
                assertThat(host("/img/photos/both-" + i + ".jpg")).isEqualTo(authority(edge));
            }
        });
    }

    private HttpResponse<String> refused(int status, String type, String target, String... headers) {
        HttpResponse<String> response = client().get(target, headers);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body()).contains("\"type\":\"" + type + '"');
        return response;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), surrounding.port())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] head = new byte[4096];
            int length = socket.getInputStream().readNBytes(head, 0, 12);
            length += Math.max(0, socket.getInputStream().read(head, length, head.length - length));
            return new String(head, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    private static ValidatableResponse cdn(String name) {
        return given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/cdns/" + name)
                .then()
                .statusCode(200);
    }

    private static RequestSpecification operator() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestTokens.OPERATOR);
    }

    private String host(String target) {
        return URI.create(header(client().get(target), "Location")).getAuthority();
    }

    private String path(String target, String... headers) {
        return URI.create(header(client().get(target, headers), "Location")).getRawPath();
    }

    private Client client() {
        return new Client(surrounding.port());
    }

    private static String authority(FakeEdge edge) {
        return URI.create(edge.url()).getAuthority();
    }

    private static Map<String, String> query(URI uri) {
        String[] parts = uri.getRawQuery().split("[=&]", -1);
        return Map.of(parts[0], parts[1], parts[2], parts[3]);
    }
}
