package io.sluice.alerting.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.alerting.SinkResource;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The network that needs no token is 127.0.0.1/32 here; 127.0.0.2 is another. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(SinkResource.class)
@SuppressWarnings("NullAway.Init")
class NetworkAccessTest {
    private static final String INSIDE = "127.0.0.1";
    private static final String OUTSIDE = "127.0.0.2";
    private static final BodyPublisher EMPTY_LIST = BodyPublishers.ofString("[]");

    @TestHTTPResource
    URI service;

    @Test
    void a_caller_from_the_network_needs_no_token() throws Exception {
        assertThat(send(INSIDE, post(EMPTY_LIST)).statusCode()).isEqualTo(200);
        assertThat(send(INSIDE, get("api/v2/alerts")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_caller_from_elsewhere_does_and_is_told_so_in_alertmanagers_shape() throws Exception {
        HttpResponse<String> refused = send(OUTSIDE, post(EMPTY_LIST));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"sluice\"");
        assertThat(refused.body()).startsWith("{\"code\":401,\"message\":\"");
        assertThat(send(OUTSIDE, get("api/v2/alerts")).statusCode()).isEqualTo(401);
        assertThat(send(OUTSIDE, get("api/v2/status")).statusCode()).isEqualTo(401);
        HttpRequest.Builder withToken = post(EMPTY_LIST).header("Authorization", "Bearer " + TestTokens.SERVICE);
        assertThat(send(OUTSIDE, withToken).statusCode()).isEqualTo(200);
    }

    @Test
    void a_header_does_not_make_a_caller_one_of_the_network() throws Exception {
        HttpRequest.Builder forwarded =
                post(EMPTY_LIST).header("X-Forwarded-For", INSIDE).header("Forwarded", "for=" + INSIDE);
        assertThat(send(OUTSIDE, forwarded).statusCode()).isEqualTo(401);
    }

    @Test
    void the_network_opens_nothing_but_alertmanagers_api() throws Exception {
        assertThat(send(INSIDE, get("api/v1/notifications")).statusCode()).isEqualTo(401);
        assertThat(send(INSIDE, get("api/v2/../v1/notifications")).statusCode()).isEqualTo(401);
    }

    @Test
    void an_oversized_body_is_refused_in_alertmanagers_shape() throws Exception {
        byte[] large = new byte[5 * 1024 * 1024];
        HttpResponse<String> announced = send(INSIDE, post(BodyPublishers.ofByteArray(large)));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(announced.body()).startsWith("{\"code\":413,\"message\":\"");
    }

    @Test
    void an_oversized_body_of_unknown_length_is_refused() throws Exception {
        byte[] large = new byte[5 * 1024 * 1024];
        assertThat(send(INSIDE, post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                        .statusCode())
                .isEqualTo(413);
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(service + path));
    }

    private HttpRequest.Builder post(BodyPublisher body) {
        return get("api/v2/alerts").header("Content-Type", "application/json").POST(body);
    }

    private static HttpResponse<String> send(String from, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(from))
                .build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
