package io.sluice.metrics;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.testkit.access.TestTokens;
import java.time.Duration;

/** Calls of the service as its users make them. */
public final class MetricsApi {
    private MetricsApi() {}

    public static RequestSpecification service() {
        return as(TestTokens.SERVICE);
    }

    public static RequestSpecification operator() {
        return as(TestTokens.OPERATOR);
    }

    public static RequestSpecification viewer() {
        return as(TestTokens.VIEWER);
    }

    public static RequestSpecification as(String token) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }

    /** Waits until the service can reach its schema. */
    public static void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }
}
