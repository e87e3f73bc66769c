package io.sluice.image.delivery;

import static io.restassured.RestAssured.given;
import static io.sluice.image.Service.SIGNER;
import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.Bytes;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.SourceFormat;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class VariantTest {
    private static final String NO_SUCH_OID = "0".repeat(64);

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_a_webp_once_and_serves_it_with_headers_for_ever() {
        String oid = upload(photo("wine.jpg"));
        VariantAddress address = address(oid, 640, 80, ImageFormat.WEBP);
        Response first = Service.get(address);
        Response second = Service.get(address);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.header("Sluice-Outcome")).isEqualTo("origin");
        assertThat(second.header("Sluice-Outcome")).isEqualTo("stored");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(first.header("Content-Type")).isEqualTo("image/webp");
        assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(first.header("ETag")).matches("\"[0-9a-f]{64}\"");
        assertThat(first.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(first.header("Surrogate-Key")).isEqualTo("img-" + oid.substring(0, 16) + " col-samples");
        assertThat(first.header("Cache-Tag")).isEqualTo("img-" + oid.substring(0, 16) + ",col-samples");
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"WEBP", "JPEG", "PNG"})
    void makes_each_format_at_the_size_asked_for(ImageFormat format) {
        String oid = upload(photo("friends.jpg"));
        Response answer = Service.get(address(oid, 384, format.lossy() ? 75 : 0, format));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(format.mediaType());
        ImageFacts facts = Service.facts(answer.asByteArray());
        assertThat(facts.format()).isEqualTo(SourceFormat.valueOf(format.name()));
        assertThat(facts.width()).isEqualTo(384);
        assertThat(facts.progressive()).isEqualTo(format == ImageFormat.JPEG);
    }

    @Test
    void answers_webp_until_the_avif_is_made_in_the_background() {
        String oid = upload(photo("umang.jpg"));
        VariantAddress avif = address(oid, 320 + 64, 50, ImageFormat.AVIF);
        Response first = Service.get(avif);
        assertThat(first.statusCode()).isEqualTo(307);
        assertThat(first.header("Sluice-Outcome")).isEqualTo("deferred");
        assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=5");
        assertThat(first.header("Location")).contains("-q60-w384-xinside.webp?k=k1&s=");
        assertThat(Service.follow(first).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Service.get(avif).statusCode()).isEqualTo(200));
        ImageFacts facts = Service.facts(Service.get(avif).asByteArray());
        assertThat(facts.format()).isEqualTo(SourceFormat.AVIF);
        assertThat(facts.width()).isEqualTo(384);
    }

    @Test
    void takes_no_other_method_than_get_and_head() {
        Response answer = given().delete("/v/samples/anything.webp");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer.jsonPath().getString("type")).isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void crops_pads_and_never_enlarges() {
        String oid = upload(photo("wine.jpg"));
        String profile = Service.profile(oid);
        ImageFacts cover =
                made(VariantAddress.of("samples", oid, Recipe.of(profile, 256, 256, Fit.COVER, 70), ImageFormat.WEBP));
        assertThat(List.of(cover.width(), cover.height())).containsExactly(256, 256);
        assertThat(cover.alpha()).isFalse();
        ImageFacts contain = made(
                VariantAddress.of("samples", oid, Recipe.of(profile, 256, 256, Fit.CONTAIN, 70), ImageFormat.WEBP));
        assertThat(List.of(contain.width(), contain.height())).containsExactly(256, 256);
        assertThat(contain.alpha()).isTrue();
        ImageFacts onWhite = made(
                VariantAddress.of("samples", oid, Recipe.of(profile, 256, 192, Fit.CONTAIN, 70), ImageFormat.JPEG));
        assertThat(List.of(onWhite.width(), onWhite.height())).containsExactly(256, 192);
        String small =
                upload(Service.get(address(oid, 64, 90, ImageFormat.JPEG)).asByteArray());
        Response big = Service.get(
                VariantAddress.of("samples", small, Recipe.of(profile, 4096, 4096, Fit.COVER, 1), ImageFormat.JPEG));
        ImageFacts kept = Service.facts(big.asByteArray());
        assertThat(kept.width()).isEqualTo(kept.height()).isLessThanOrEqualTo(64);
    }

    @Test
    void sends_to_the_stripped_original_what_would_not_be_smaller() {
        String photo = upload(photo("wine.jpg"));
        byte[] small = Service.get(address(photo, 128, 20, ImageFormat.JPEG)).asByteArray();
        byte[] commented = new Bytes()
                .raw(Arrays.copyOf(small, 2))
                .hex("fffe 0008")
                .text("secret")
                .raw(Arrays.copyOfRange(small, 2, small.length))
                .array();
        String oid = upload(commented);
        Response answer = Service.get(address(oid, 128, 100, ImageFormat.WEBP));
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.header("Sluice-Outcome")).isEqualTo("original");
        assertThat(answer.header("Location")).startsWith("/v/samples/" + oid + "/orig.jpg?");
        Response original = Service.follow(answer);
        assertThat(original.asByteArray()).isEqualTo(small);
        assertThat(Service.get(address(oid, 128, 100, ImageFormat.WEBP)).statusCode())
                .isEqualTo(307);
        assertThat(Service.get(VariantAddress.original("samples", oid, ImageFormat.WEBP))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void answers_conditions_ranges_and_head_from_the_store() {
        VariantAddress address = address(upload(photo("wine.jpg")), 512, 80, ImageFormat.WEBP);
        Response whole = Service.get(address);
        byte[] bytes = whole.asByteArray();
        String url = SIGNER.sign(address.path());
        given().urlEncodingEnabled(false)
                .header("If-None-Match", whole.header("ETag"))
                .get(url)
                .then()
                .statusCode(304);
        Response part =
                given().urlEncodingEnabled(false).header("Range", "bytes=10-19").get(url);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 10-19/" + bytes.length);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        given().urlEncodingEnabled(false)
                .header("Range", "bytes=99999999-")
                .get(url)
                .then()
                .statusCode(416);
        String etag = whole.header("ETag");
        for (String ranges : new String[] {"bytes=0-1,4-5", "bytes=5-2", "lines=1-2", "bytes=-"}) {
            assertThat(ranged(url, ranges, null, bytes)).as(ranges).isIn(200, 416);
        }
        assertThat(ranged(url, "bytes=0-1,4-5", null, bytes))
                .as("several are answered whole")
                .isEqualTo(200);
        assertThat(ranged(url, "bytes=-7", null, Arrays.copyOfRange(bytes, bytes.length - 7, bytes.length)))
                .isEqualTo(206);
        assertThat(ranged(url, "bytes=-99999999", null, bytes)).isEqualTo(206);
        assertThat(ranged(url, "bytes=-0", null, bytes)).isEqualTo(416);
        assertThat(ranged(url, "bytes=3-", etag, Arrays.copyOfRange(bytes, 3, bytes.length)))
                .isEqualTo(206);
        assertThat(ranged(url, "bytes=3-", "\"other\"", bytes))
                .as("other bytes")
                .isEqualTo(200);
        assertThat(ranged(url, "bytes=3-", "W/" + etag, bytes)).as("a weak tag").isEqualTo(200);
        for (String tags : new String[] {"*", "W/" + etag, "\"other\", " + etag}) {
            Response unchanged = given().urlEncodingEnabled(false)
                    .header("If-None-Match", tags)
                    .header("Range", "bytes=0-1")
                    .get(url);
            assertThat(unchanged.statusCode()).as(tags).isEqualTo(304);
            assertThat(unchanged.header("ETag")).isEqualTo(etag);
            assertThat(unchanged.header("Cache-Control")).contains("immutable");
            assertThat(unchanged.asByteArray()).isEmpty();
        }
        given().urlEncodingEnabled(false)
                .header("If-None-Match", etag)
                .head(url)
                .then()
                .statusCode(304);
        Response head =
                given().urlEncodingEnabled(false).header("Range", "bytes=0-1").head(url);
        assertThat(head.statusCode()).as("a range is for GET alone").isEqualTo(200);
        assertThat(head.asByteArray()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(bytes.length));
    }

    @Test
    void checks_the_signature_before_anything_else() {
        String path = "/v/samples/" + NO_SUCH_OID + "/e1-q80-w64-xinside.webp";
        String signed = SIGNER.sign(path);
        refused(path);
        refused(path + "?k=k1");
        refused(signed.replace("w64", "w96"));
        refused(signed + "x");
        refused(signed.replace("k=k1", "k=k9"));
        refused(signed + "&s=again");
        refused(signed + "&k=k1");
        refused(SIGNER.sign(path, Instant.ofEpochSecond(4_000_000_000L)) + "&e=4000000000");
        refused(signed.replace("/v/samples", "/v//samples"));
        refused(signed.replace("/v/samples", "/v/%73amples"));
        refused(signed.replace("/e1-", "/./e1-"));
        refused(signed + "&e=4000000000");
        refused(SIGNER.sign(path, Instant.ofEpochSecond(1_000_000_000)));
        refused("/v/samples/../../etc/passwd.webp");
        AddressSigner former = new AddressSigner("k0", Map.of("k0", ServiceFolders.FORMER));
        given().urlEncodingEnabled(false).get(former.sign(path)).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e1-q80-w0-xinside.webp",
                "e1-q80-w999999-xinside.webp",
                "e1-q80-w641-xinside.webp",
                "e1-q80-w64-xinside.bmp",
                "e1-q80-w64-xinside",
                "e1-q0-w64-xinside.webp",
                "e1-w64-xinside.webp",
                "e1-w64-q80-xinside.webp",
                "e1-q80-w64-xstretch.webp",
                "e1-q80-w64-xinside%2F..%2Fx.webp",
                "%2e%2e%2fpasswd.webp",
                "e1-q80-w64-xinside.webp/more"
            })
    void refuses_addresses_outside_of_the_grammar(String file) {
        Response answer = given().urlEncodingEnabled(false).get(SIGNER.sign("/v/samples/" + NO_SUCH_OID + "/" + file));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void knows_no_image_that_was_not_uploaded_and_sends_old_profiles_to_the_present_one() {
        assertThat(Service.get(VariantAddress.parse("/v/samples/" + NO_SUCH_OID + "/e1-q80-w64-xinside.webp"))
                        .statusCode())
                .isEqualTo(404);
        String oid = upload(photo("wine.jpg"));
        Response old = Service.get(VariantAddress.parse("/v/samples/" + oid + "/e0-q80-w96-xinside.webp"));
        assertThat(old.statusCode()).isEqualTo(307);
        assertThat(old.header("Sluice-Outcome")).isEqualTo("profile");
        assertThat(Service.follow(old).statusCode()).isEqualTo(200);
    }

    @Test
    void finds_the_quality_of_a_likeness_in_the_background_and_answers_a_fixed_one_until_then() {
        VariantAddress fixed = address(upload(photo("wine.jpg")), 384, 80, ImageFormat.WEBP);
        VariantAddress sought = VariantAddress.of(
                fixed.collection(), fixed.oid(), fixed.recipe().orElseThrow().with('q', "ssim960"), ImageFormat.WEBP);
        Response first = Service.get(sought);
        assertThat(first.statusCode()).isEqualTo(307);
        assertThat(first.header("Sluice-Outcome")).isEqualTo("deferred");
        assertThat(first.header("Location")).matches(".*-q[4-9]0-w384-xinside\\.webp\\?.*");
        assertThat(Service.follow(first).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(60)).until(() -> Service.get(sought).statusCode() == 200);

        Response found = Service.get(sought);
        assertThat(found.header("Cache-Control")).contains("immutable");
        assertThat(found.asByteArray().length)
                .isLessThan(Service.get(VariantAddress.of(
                                fixed.collection(),
                                fixed.oid(),
                                fixed.recipe().orElseThrow().with('q', "95"),
                                ImageFormat.WEBP))
                        .asByteArray()
                        .length);
    }

    @Test
    void encodes_equal_requests_once_and_blocks_no_event_loop() throws Exception {
        VariantAddress address = address(upload(photo("seeds.jpg")), 1024, 77, ImageFormat.WEBP);
        String medium = "sluice_image_encode_seconds_count{format=\"webp\",size=\"medium\"";
        double before = Service.metric(medium);
        try (BlockedThreads blocked = new BlockedThreads();
                ExecutorService clients = Executors.newFixedThreadPool(100)) {
            List<Callable<Integer>> calls = IntStream.range(0, 1_000)
                    .<Callable<Integer>>mapToObj(i -> () -> Service.get(address).statusCode())
                    .toList();
            for (Future<Integer> call : clients.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(200);
            }
            blocked.assertNone();
        }
        assertThat(Service.metric(medium) - before).isEqualTo(1);
        assertThat(Service.metric("sluice_image_process_resident_bytes")).isGreaterThan(1e6);
    }

    @Test
    void answers_the_canary_without_a_signature() {
        Response canary = given().get("/v/canary");
        assertThat(canary.statusCode()).isEqualTo(200);
        assertThat(canary.header("Cache-Control")).isEqualTo("public, max-age=60");
    }

    /** Status of a request for a range; what comes with a body is held against {@code expected}. */
    private static int ranged(String url, String range, @Nullable String ifRange, byte[] expected) {
        var request = given().urlEncodingEnabled(false).header("Range", range);
        Response answer = (ifRange == null ? request : request.header("If-Range", ifRange)).get(url);
        if (answer.statusCode() != 416) {
            assertThat(answer.asByteArray()).as(range).isEqualTo(expected);
        }
        return answer.statusCode();
    }

    private static void refused(String url) {
        Response answer = given().urlEncodingEnabled(false).get(url);
        assertThat(answer.statusCode()).as(url).isIn(403, 404);
        if (url.startsWith("/v/samples/0")) {
            assertThat(answer.statusCode()).as(url).isEqualTo(403);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    private static ImageFacts made(VariantAddress address) {
        Response answer = Service.get(address);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Service.facts(answer.asByteArray());
    }
}
