package io.sluice.gateway.purge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings;
import io.sluice.gateway.vendors.VendorStub;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.gateway.vendors.VendorStubs.Stub;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(VendorStubs.class)
class PurgeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OID = "0123456789abcdef".repeat(4);
    private static final String URL = "/v/photos/" + OID + "/e1-q80.avif";
    private static final String FOUR = "\"cdns\":[\"cf\",\"aws\",\"fly\",\"bun\"]";

    @Stub
    @SuppressWarnings("NullAway.Init")
    VendorStub stub;

    @BeforeEach
    void four_vendors() {
        stub.reset();
        cdn("cf", "https://img.example", "CLOUDFLARE", "\"zone\":\"z1\",\"plan\":\"enterprise\"", "cf-main");
        cdn("aws", "https://d1.example", "CLOUDFRONT", "\"distribution\":\"E1\"", "aws-main");
        cdn("fly", "https://f.example", "FASTLY", "\"service\":\"S1\"", "fastly-main");
        cdn("bun", "https://b.example", "BUNNY", "\"pull-zone\":\"77\"", "bunny-main");
    }

    @AfterEach
    void none() {
        for (String name : new String[] {"cf", "aws", "fly", "bun", "own"}) {
            operator().delete("/api/v1/cdns/" + name);
        }
    }

    @Test
    void purges_an_address_at_four_vendors_each_in_its_own_words() {
        JsonPath job = finished(
                create("{\"urls\":[\"https://img.example" + URL + "?k=1&s=2\",\"" + URL + "\"]," + FOUR + "}"));

        assertThat(job.getString("state")).isEqualTo("DONE");
        assertThat(job.getInt("named")).isEqualTo(1);
        assertThat(stub.purged())
                .containsExactlyInAnyOrder(
                        "cloudflare files https://img.example" + URL,
                        "cloudfront path " + URL,
                        "fastly url f.example" + URL,
                        "bunny url https://b.example" + URL);
        assertThat(job.getString("cdns.find { it.cdn == 'aws' }.reference")).startsWith("I");
    }

    @Test
    void purges_a_tag_softly_where_that_can_be() {
        JsonPath job = finished(create("{\"tags\":[\"col-photos\"],\"soft\":true," + FOUR + "}"));

        assertThat(stub.purged())
                .containsExactlyInAnyOrder(
                        "cloudflare soft tags col-photos",
                        "cloudfront path #col-photos",
                        "fastly soft key col-photos",
                        "bunny tag col-photos");
        assertThat(job.getBoolean("cdns.find { it.cdn == 'cf' }.soft")).isTrue();
        assertThat(job.getBoolean("cdns.find { it.cdn == 'bun' }.soft")).isFalse();
    }

    @Test
    void purges_a_directory_and_uses_the_tag_where_there_are_no_directories() {
        finished(create("{\"patterns\":[\"/v/photos/*\"],\"confirm\":true," + FOUR + "}"));

        assertThat(stub.purged())
                .containsExactlyInAnyOrder(
                        "cloudflare prefixes img.example/v/photos",
                        "cloudfront path /v/photos/*",
                        "fastly key col-photos",
                        "bunny prefix https://b.example/v/photos/*");
    }

    @Test
    void purges_everything_when_that_is_confirmed() {
        finished(create("{\"everything\":true,\"confirm\":true," + FOUR + "}"));

        assertThat(stub.purged())
                .containsExactlyInAnyOrder(
                        "cloudflare everything", "cloudfront path /*", "fastly everything", "bunny everything");
    }

    @Test
    void keeps_within_the_size_of_a_batch_and_asks_cloudfront_until_it_is_done() {
        String tags = IntStream.range(0, 300).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
        JsonPath job = finished(create("{\"tags\":[" + tags + "],\"cdns\":[\"cf\",\"aws\",\"fly\"]}"));

        assertThat(job.getString("state")).isEqualTo("DONE");
        assertThat(job.getInt("cdns.find { it.cdn == 'cf' }.calls")).isEqualTo(3);
        assertThat(job.getInt("cdns.find { it.cdn == 'fly' }.calls")).isEqualTo(2);
        assertThat(stub.purged()).hasSize(900);
        assertThat(stub.refused()).isEmpty();
    }

    @Test
    void a_200_without_success_is_tried_again() {
        stub.fail(1, VendorStub.Failure.UNSUCCESSFUL_200);
        JsonPath job = finished(create("{\"tags\":[\"a\"],\"cdns\":[\"cf\"]}"));
        assertThat(job.getString("state")).isEqualTo("DONE");
        assertThat(stub.purged()).containsExactly("cloudflare tags a");
    }

    @Test
    void a_call_that_never_succeeds_fails_the_job_and_says_why() {
        stub.fail(3, VendorStub.Failure.UNSUCCESSFUL_200);
        JsonPath job = finished(create("{\"tags\":[\"a\"],\"cdns\":[\"cf\"]}"));
        assertThat(job.getString("state")).isEqualTo("FAILED");
        assertThat(job.getString("cdns[0].error"))
                .startsWith("gave up after 3 tries")
                .contains("could not purge");
    }

    @Test
    void a_vendor_that_says_wait_is_waited_for() {
        stub.fail(1, VendorStub.Failure.LIMITED);
        long before = System.nanoTime();
        JsonPath job = finished(create("{\"tags\":[\"a\"],\"cdns\":[\"fly\"]}"));
        assertThat(job.getString("state")).isEqualTo("DONE");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_wrong_credential_fails_at_once_while_others_go_on() {
        cdn("cf", "https://img.example", "CLOUDFLARE", "\"zone\":\"z1\"", "cf-wrong");
        JsonPath job = finished(create("{\"tags\":[\"a\"],\"cdns\":[\"cf\",\"fly\"]}"));
        assertThat(job.getString("state")).isEqualTo("PARTIAL");
        assertThat(job.getString("cdns.find { it.cdn == 'cf' }.error"))
                .startsWith("the credential has not the right")
                .doesNotContain("wrong");
    }

    @Test
    void what_was_not_sent_can_be_cancelled() {
        String urls = IntStream.range(0, 400).mapToObj(i -> "\"/v/" + i + "\"").collect(Collectors.joining(","));
        String id = create("{\"urls\":[" + urls + "],\"cdns\":[\"bun\"]}");
        operator().post("/api/v1/purges/" + id + "/cancel").then().statusCode(200);
        JsonPath job = finished(id);
        assertThat(job.getString("state")).isEqualTo("CANCELLED");
        assertThat(job.getInt("cdns[0].cancelled")).isPositive();
        assertThat(stub.purged()).hasSize(job.getInt("cdns[0].done"));
    }

    @Test
    void a_dry_run_says_what_would_be_called_and_calls_nothing() {
        String urls = IntStream.range(0, 250).mapToObj(i -> "\"/v/" + i + "\"").collect(Collectors.joining(","));
        operator()
                .body("{\"urls\":[" + urls + "],\"dryRun\":true," + FOUR + "}")
                .post("/api/v1/purges")
                .then()
                .statusCode(200)
                .body("cdns.find { it.cdn == 'cf' }.calls", equalTo(1))
                .body("cdns.find { it.cdn == 'bun' }.calls", equalTo(250))
                .body("cdns.find { it.cdn == 'bun' }.atLeast", equalTo("PT26S"))
                .body("cdns.find { it.cdn == 'aws' }.billedPaths", equalTo(250))
                .body("cdns.find { it.cdn == 'fly' }.requests[0]", startsWith("POST http"))
                .body("toString()", not(containsString("secret")));
        assertThat(stub.purged()).isEmpty();
    }

    @Test
    void the_same_key_makes_one_job_and_another_request_by_it_is_refused() {
        String body = "{\"tags\":[\"once\"],\"cdns\":[\"fly\"]}";
        String first = operator()
                .header("Idempotency-Key", "k-1")
                .body(body)
                .post("/api/v1/purges")
                .path("id");
        String second = operator()
                .header("Idempotency-Key", "k-1")
                .body(body)
                .post("/api/v1/purges")
                .path("id");
        assertThat(second).isEqualTo(first);
        operator()
                .header("Idempotency-Key", "k-1")
                .body("{\"tags\":[\"twice\"],\"cdns\":[\"fly\"]}")
                .post("/api/v1/purges")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/idempotency-key-reused"));
        finished(first);
        assertThat(stub.purged()).containsExactly("fastly key once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}|exactly one of",
                "{'tags':['a'],'urls':['/a']}|exactly one of",
                "{'everything':true}|confirm",
                "{'prefixes':['/v/']}|confirm",
                "{'patterns':['/v/*'],'confirm':false}|confirm",
                "{'patterns':['/v/*/x.avif'],'confirm':true}|must end with /*",
                "{'urls':['https://elsewhere.example/x']}|address of one of the CDNs",
                "{'urls':['/a/../b']}|dot segments",
                "{'urls':['//evil.example/x']}|dot segments",
                "{'urls':['/a\\u000d\\u000ab']}|percent-encoded",
                "{'urls':['/v/*']}|percent-encoded",
                "{'tags':['two words']}|a-z 0-9",
                "{'tags':[]}|1-5000",
                "{'tags':['a'],'cdns':['nobody']}|there is no [nobody]",
                "{'tags':['a'],'cdns':[]}|must be names of CDNs"
            })
    void refuses(String bodyAndReason) {
        int bar = bodyAndReason.indexOf('|');
        operator()
                .body(bodyAndReason.substring(0, bar).replace('\'', '"'))
                .post("/api/v1/purges")
                .then()
                .statusCode(400)
                .body("detail", containsString(bodyAndReason.substring(bar + 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'tags':['col-albums']}",
                "{'tags':['img-0123456789abcdef']}",
                "{'urls':['/v/albums/x']}",
                "{'prefixes':['/v/'],'confirm':true}",
                "{'everything':true,'confirm':true}"
            })
    void a_token_that_is_confined_to_a_collection_purges_no_other(String body) {
        as(TestTokens.SERVICE)
                .body(body.replace('\'', '"'))
                .post("/api/v1/purges")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/foreign-purge"));
        assertThat(stub.purged()).isEmpty();
    }

    @Test
    void a_token_that_is_confined_to_a_collection_purges_that() {
        String id = as(TestTokens.SERVICE)
                .body("{\"tags\":[\"col-photos\"],\"cdns\":[\"fly\"]}")
                .post("/api/v1/purges")
                .path("id");
        assertThat(finished(id).getString("state")).isEqualTo("DONE");
    }

    @Test
    void a_cdn_that_has_no_way_to_purge_this_stops_the_whole_purge() {
        operator()
                .body("{\"prefixes\":[\"/elsewhere/\"],\"confirm\":true," + FOUR + "}")
                .post("/api/v1/purges")
                .then()
                .statusCode(409)
                .body("detail", startsWith("fly: Fastly purges directories by tag"));
        operator()
                .body("{\"tags\":[\"a\"],\"cdns\":[\"edge-a\",\"fly\"]}")
                .post("/api/v1/purges")
                .then()
                .statusCode(409)
                .body("detail", startsWith("edge-a: its setting purge is none"));
        assertThat(stub.purged()).isEmpty();
    }

    @Test
    void lists_pages_newest_first_by_state_and_cdn() {
        String older = create("{\"tags\":[\"a\"],\"cdns\":[\"cf\"]}");
        finished(older);
        String newer = create("{\"tags\":[\"b\"],\"cdns\":[\"fly\"]}");
        finished(newer);
        JsonPath page = viewer().get("/api/v1/purges?limit=1&state=DONE").jsonPath();
        assertThat(page.getString("items[0].id")).isEqualTo(newer);
        viewer().get("/api/v1/purges?limit=1&state=DONE&cursor=" + page.getString("next"))
                .then()
                .body("items[0].id", equalTo(older));
        viewer().get("/api/v1/purges?cdn=cf")
                .then()
                .body("items.id", hasItem(older))
                .body("items.id", not(hasItem(newer)));
        viewer().get("/api/v1/purges?limit=0").then().statusCode(400);
        viewer().get("/api/v1/purges/999999").then().statusCode(404);
        viewer().body("{\"tags\":[\"a\"]}").post("/api/v1/purges").then().statusCode(403);
    }

    @Test
    void a_purge_at_an_own_edge_is_proved_by_a_fetch() {
        try (OwnEdge edge = new OwnEdge()) {
            cdn("own", edge.url(), "HTTP", "\"purge\":\"method\"", "edge");
            JsonPath job = finished(create("{\"urls\":[\"" + URL + "\"],\"cdns\":[\"own\"]}"));
            assertThat(job.getString("state")).isEqualTo("DONE");
            assertThat(job.getInt("cdns[0].verified")).isEqualTo(1);
            assertThat(edge.requests()).containsExactly("PURGE " + URL, "HEAD " + URL);
        }
    }

    @Test
    void an_edge_that_still_serves_the_old_object_fails_the_purge() {
        try (OwnEdge edge = new OwnEdge()) {
            edge.deafen();
            cdn("own", edge.url(), "HTTP", "\"purge\":\"method\"", "edge");
            JsonPath job = finished(create("{\"urls\":[\"" + URL + "\"],\"cdns\":[\"own\"]}"));
            assertThat(job.getString("state")).isEqualTo("FAILED");
            assertThat(job.getString("cdns[0].error")).endsWith("is still served from before the purge");
        }
    }

    @Test
    void an_nginx_edge_is_purged_by_a_signed_refetch_and_a_varnish_edge_by_bans() {
        try (OwnEdge edge = new OwnEdge()) {
            cdn("own", edge.url(), "HTTP", "\"purge\":\"refetch\"", "edge");
            finished(create("{\"urls\":[\"" + URL + "\"],\"cdns\":[\"own\"]}"));
            assertThat(edge.requests().getFirst()).startsWith("GET " + URL + "?k=k1&s=");
            cdn("own", edge.url(), "HTTP", "\"purge\":\"ban\"", "edge");
            finished(create("{\"tags\":[\"img-1.2\"],\"cdns\":[\"own\"]}"));
            finished(create("{\"prefixes\":[\"/v/a.b/\"],\"confirm\":true,\"cdns\":[\"own\"]}"));
            assertThat(edge.requests()).contains("BAN / tag (^|,) *img-1\\.2 *(,|$)", "BAN / path ^/v/a\\.b/");
        }
    }

    @Test
    void secrets_show_up_nowhere() {
        finished(create("{\"tags\":[\"a\"],\"cdns\":[\"fly\"]}"));
        viewer().get("/api/v1/cdns").then().body("items", hasSize(6)).body("toString()", not(containsString("secret")));
        assertThat(given().get("/q/metrics").asString())
                .contains("sluice_gateway_purge_calls_total")
                .doesNotContain("secret");
    }

    private static void cdn(String name, String url, String kind, String settings, String credential) {
        await().atMost(SOON)
                .untilAsserted(() -> operator()
                        .body("{\"url\":\"" + url + "\",\"kind\":\"" + kind + "\",\"settings\":{" + settings
                                + "},\"credential\":\"" + credential + "\"}")
                        .put("/api/v1/cdns/" + name)
                        .then()
                        .statusCode(200));
    }

    private static String create(String body) {
        return operator()
                .body(body)
                .post("/api/v1/purges")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static JsonPath finished(String id) {
        await().atMost(SOON)
                .until(() -> !viewer().get("/api/v1/purges/" + id).path("state").equals("RUNNING"));
        return viewer().get("/api/v1/purges/" + id).jsonPath();
    }

    private static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    private static RequestSpecification viewer() {
        return as(TestTokens.VIEWER);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
