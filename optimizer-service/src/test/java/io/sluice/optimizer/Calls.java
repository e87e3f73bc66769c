package io.sluice.optimizer;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.testkit.access.TestTokens;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What operators and receivers say to an optimizer. */
public final class Calls {
    private Calls() {}

    public static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    public static RequestSpecification viewer() {
        return as(TestTokens.VIEWER);
    }

    public static RequestSpecification service() {
        return as(TestTokens.SERVICE);
    }

    /** Waits until a first directive is in force. */
    public static void ready() {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> !scope("global").isEmpty());
    }

    /** What status says of a scope; empty when nothing. */
    public static Map<String, Object> scope(String scope) {
        JsonPath status = viewer().get("/api/v1/status").jsonPath();
        Map<String, Object> found = status.getMap("scopes.find { it.scope == '" + scope + "' }");
        return found == null ? Map.of() : found;
    }

    public static long generation(String scope) {
        return scope(scope).get("generation") instanceof Number number ? number.longValue() : 0;
    }

    public static void register(String id, String boot) {
        service()
                .body(Map.of(
                        "id",
                        id,
                        "bootId",
                        boot,
                        "service",
                        "image-worker",
                        "version",
                        "1",
                        "profiles",
                        new String[] {"e1"},
                        "levers",
                        new String[] {"quality"}))
                .post("/api/v1/workers")
                .then()
                .statusCode(200);
    }

    public static String override(String scope, String axis, String kind, double level, String ttl) {
        return String.format(
                Locale.ROOT,
                "{\"scope\":\"%s\",\"axis\":\"%s\",\"kind\":\"%s\",\"level\":%s,\"ttl\":\"%s\",\"reason\":\"test\"}",
                scope,
                axis,
                kind,
                level,
                ttl);
    }

    /** Ends every override. */
    public static void normal() {
        viewer().get("/api/v1/overrides")
                .jsonPath()
                .getList("items.id", String.class)
                .forEach(id -> operator().delete("/api/v1/overrides/" + id));
    }

    private static RequestSpecification as(String token) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }
}
