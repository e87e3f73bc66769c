package io.sluice.gateway.edgerules;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(VendorStubs.class)
class EdgeRulesTest {
    private static final String RULES = "/api/v1/edge-rules";

    @Test
    void rules_are_replaced_as_a_whole_and_not_over_somebody_elses() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> viewer().get(RULES).then().statusCode(200));
        String tag = viewer().get(RULES).header("ETag");
        String body = """
                {"rules":[{"name":"fonts","prefix":"/","extensions":["woff2"],"browser":"P30D","edge":"P365D","immutable":true},
                          {"name":"rest","prefix":"/","edge":"PT1M","staleIfError":"PT1H"}]}""";
        operator()
                .header("If-Match", tag)
                .body(body)
                .put(RULES)
                .then()
                .statusCode(200)
                .body("rules.name", hasItem("fonts"));
        operator().header("If-Match", tag).body(body).put(RULES).then().statusCode(412);
        viewer().get(RULES + "/match?path=/a/b.woff2?x=1")
                .then()
                .body("rule", equalTo("fonts"))
                .body("headers.Cache-Control", equalTo("public, max-age=2592000, s-maxage=31536000, immutable"))
                .body(
                        "headers.CDN-Cache-Control",
                        equalTo("max-age=31536000, stale-while-revalidate=0, stale-if-error=0"));
        assertThat(viewer().get(RULES + "/nginx?origin=127.0.0.1:9").asString())
                .contains("server 127.0.0.1:9;", "fonts", "proxy_cache_valid 200 60s;");
        assertThat(viewer().get(RULES + "/varnish").asString())
                .contains(
                        ".host = \"image-worker\"; .port = \"8081\";",
                        "set beresp.ttl = 60s;",
                        "set beresp.grace = 3600s;");
        viewer().get(RULES + "/cloudfront")
                .then()
                .body("cacheTagHeader", equalTo("Cache-Tag"))
                .body("cacheBehaviors[0].pathPattern", equalTo("/*.woff2"))
                .body("cacheBehaviors[0].cachePolicyConfig.defaultTTL", equalTo(31536000));
        operator()
                .body("{\"rules\":[{\"name\":\"only\",\"prefix\":\"/x/\",\"edge\":\"PT1M\"}]}")
                .put(RULES);
        viewer().get(RULES + "/match?path=/y").then().statusCode(200).body("rule", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rules':[]}|1-64 rules",
                "{'rules':[{'name':'a','prefix':'/'}]}|name, prefix and edge are required",
                "{'rules':[{'name':'a','prefix':'/x','edge':'PT1M'}]}|prefix must be a directory",
                "{'rules':[{'name':'a','prefix':'/;}/','edge':'PT1M'}]}|prefix must be a directory",
                "{'rules':[{'name':'a b','prefix':'/','edge':'PT1M'}]}|name must be",
                "{'rules':[{'name':'a','prefix':'/','edge':'PT1M','extensions':['.*']}]}|extensions must be",
                "{'rules':[{'name':'a','prefix':'/','edge':'P400D'}]}|times must be",
                "{'rules':[{'name':'a','prefix':'/','edge':'PT1M'},{'name':'a','prefix':'/v/','edge':'PT1M'}]}|names must differ"
            })
    void refuses(String bodyAndReason) {
        int bar = bodyAndReason.indexOf('|');
        operator()
                .body(bodyAndReason.substring(0, bar).replace('\'', '"'))
                .put(RULES)
                .then()
                .statusCode(400)
                .body("detail", containsString(bodyAndReason.substring(bar + 1)));
    }

    @Test
    void an_origin_cannot_smuggle_directives_in() {
        viewer().queryParam("origin", "a:1; } server {")
                .get(RULES + "/nginx")
                .then()
                .statusCode(400);
        viewer().queryParam("origin", "a\"; }:80")
                .get(RULES + "/varnish")
                .then()
                .statusCode(400);
    }

    private static RequestSpecification viewer() {
        return given().header("Authorization", "Bearer " + TestTokens.VIEWER);
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + TestTokens.OPERATOR).contentType(ContentType.JSON);
    }
}
