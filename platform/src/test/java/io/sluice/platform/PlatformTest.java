package io.sluice.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PlatformTest {
    private static final String THING = """
            {"name":"a","size":3,"price":"1.50","at":"2026-11-21T00:00:00Z","length":"PT15M"}""";

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @BeforeEach
    void migrated() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void speaks_one_json_dialect() {
        as("op").body(THING).post("/api/v1/things").then().statusCode(200).body(equalTo("""
                        {"name":"a","size":3,"price":"1.50","at":"2026-11-21T00:00:00Z","length":"PT15M"}"""));
        as("reader").get("/api/v1/things/a").then().statusCode(200).body(equalTo("3"));
    }

    @Test
    void names_the_fields_it_does_not_know() {
        as("op").body("{\"name\":\"b\",\"size\":1,\"colour\":\"red\"}")
                .post("/api/v1/things")
                .then()
                .statusCode(200)
                .header("Sluice-Ignored-Fields", "/colour");
    }

    @Test
    void refuses_malformed_json_with_its_place() {
        as("op").body("{\"name\":")
                .post("/api/v1/things")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/malformed-json"))
                .body("detail", containsString("line 1"));
    }

    @Test
    void refuses_a_wrong_type_naming_the_field() {
        as("op").body("{\"name\":\"b\",\"size\":\"many\"}")
                .post("/api/v1/things")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("size"))
                .body("errors[0].message", equalTo("must be a whole number"));
    }

    @Test
    void takes_no_value_of_another_type_but_amounts_as_number_or_string() {
        refused("{\"name\":7,\"size\":1}", "name", "must be a string");
        refused("{\"name\":true,\"size\":1}", "name", "must be a string");
        refused("{\"name\":\"c\",\"size\":\"3\"}", "size", "must be a whole number");
        refused("{\"name\":\"c\",\"size\":1.5}", "size", "must be a whole number");
        refused("{\"name\":\"c\",\"size\":true}", "size", "must be a whole number");
        refused("{\"name\":\"c\",\"size\":1,\"price\":true}", "price", "must be a number");
        for (String price : new String[] {"1.50", "\"1.50\""}) {
            as("op").body("{\"name\":\"c\",\"size\":1,\"price\":" + price + "}")
                    .post("/api/v1/things")
                    .then()
                    .statusCode(200)
                    .body("price", equalTo("1.50"));
        }
    }

    @Test
    void refuses_what_a_record_does_not_allow() {
        as("op").body("{\"name\":\"b\",\"size\":-1}")
                .post("/api/v1/things")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body("detail", containsString("size must not be negative"));
    }

    @Test
    void refuses_missing_and_wrong_tokens_and_roles() {
        given().contentType(ContentType.JSON)
                .body(THING)
                .post("/api/v1/things")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
        as("nobody")
                .body(THING)
                .post("/api/v1/things")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("detail", containsString("not one that this service knows"));
        as("reader")
                .body(THING)
                .post("/api/v1/things")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/forbidden"));
    }

    @Test
    void refuses_a_body_over_the_limit() {
        as("op").body("{\"name\":\"" + "x".repeat(2000) + "\"}")
                .post("/api/v1/things")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/body-too-large"));
    }

    @Test
    void refuses_a_body_over_the_limit_on_http_2() throws Exception {
        var request = HttpRequest.newBuilder(base.resolve("api/v1/things"))
                .header("Authorization", "Bearer op")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2000]))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("body-too-large");
        }
    }

    @Test
    void refuses_chunks_over_the_limit_without_an_error_in_the_log() throws Exception {
        var request = HttpRequest.newBuilder(base.resolve("api/v1/things/bytes"))
                .header("Authorization", "Bearer op")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[64 * 1024])))
                .build();
        List<String> errors = new CopyOnWriteArrayList<>();
        Handler listener = new ErrorListener(errors);
        Logger.getLogger("").addHandler(listener);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
            as("reader").get("/api/v1/things/none").then().statusCode(404);
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void answers_unknown_paths_and_methods_with_problems() {
        as("reader").get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        as("reader").delete("/api/v1/things").then().statusCode(405).contentType("application/problem+json");
        as("reader")
                .get("/api/v1/things/none")
                .then()
                .statusCode(404)
                .body("detail", equalTo("There is no thing 'none'."))
                .body("instance", equalTo("/api/v1/things/none"));
    }

    @Test
    void keeps_faults_to_itself() {
        as("reader")
                .get("/api/v1/things/broken")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body(not(containsString("secret")))
                .body(not(containsString("Exception")));
    }

    @Test
    void answers_503_while_postgresql_is_away_and_comes_back() {
        postgres.stop();
        try {
            as("reader")
                    .get("/api/v1/things/a")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .contentType("application/problem+json");
            given().get("/q/health/live").then().statusCode(200);
            given().get("/q/health/ready").then().statusCode(503).body(containsString("away"));
        } finally {
            postgres.restart();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> as("reader").get("/api/v1/things/none").then().statusCode(404));
    }

    @Test
    void exposes_metrics_and_an_api_document() {
        assertThat(given().get("/q/metrics").asString()).contains("jvm_memory_used_bytes");
        assertThat(given().get("/q/openapi").asString()).contains("/api/v1/things");
    }

    private static void refused(String body, String field, String message) {
        as("op").body(body)
                .post("/api/v1/things")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", equalTo(message));
    }

    private static final class ErrorListener extends Handler {
        private final List<String> errors;

        ErrorListener(List<String> errors) {
            this.errors = errors;
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }

    private static RequestSpecification as(String token) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }
}
