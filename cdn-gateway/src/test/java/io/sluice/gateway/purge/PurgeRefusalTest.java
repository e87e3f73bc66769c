package io.sluice.gateway.purge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings;
import io.sluice.gateway.vendors.VendorStubs;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(VendorStubs.class)
class PurgeRefusalTest {
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
    }

    private static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
