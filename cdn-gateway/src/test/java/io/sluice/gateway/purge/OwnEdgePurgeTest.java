package io.sluice.gateway.purge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(VendorStubs.class)
class OwnEdgePurgeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String URL = "/v/photos/" + "0123456789abcdef".repeat(4) + "/e1-q80.avif";

    @AfterEach
    void none() {
        operator().delete("/api/v1/cdns/own");
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
