package io.sluice.image.variant;

import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service at its limits, which are set low. */
@QuarkusTest
@TestProfile(LimitsTest.Low.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class LimitsTest {
    public static final class Low implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.image.encoding.max-variants", "2",
                    "sluice.image.encoding.threads", "1",
                    "sluice.image.encoding.queue", "1",
                    "sluice.image.upload.max-bytes", "1M");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    EncodePool pool;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_no_more_variants_of_a_source_than_allowed_but_plain_widths_and_those_it_has() {
        String oid = upload(photo("wine.jpg"));
        VariantAddress made = address(oid, 64, 70, ImageFormat.WEBP);
        assertThat(Service.get(made).statusCode()).isEqualTo(200);
        assertThat(Service.get(address(oid, 96, 70, ImageFormat.WEBP)).statusCode())
                .isEqualTo(200);

        Recipe square = Recipe.of(made.recipe().orElseThrow().profile(), 128, 128, Fit.COVER, 70);
        Response third = Service.get(VariantAddress.of("samples", oid, square, ImageFormat.WEBP));

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.header("Retry-After")).isEqualTo("3600");
        assertThat(third.contentType()).isEqualTo("application/problem+json");
        assertThat(third.jsonPath().getString("type")).isEqualTo("/problems/too-many-variants");
        assertThat(Service.get(made).statusCode()).isEqualTo(200);
        assertThat(Service.get(address(oid, 128, 70, ImageFormat.WEBP)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sends_clients_away_for_a_while_when_the_queue_is_full() throws InterruptedException {
        VariantAddress address = address(upload(photo("friends.jpg")), 64, 70, ImageFormat.WEBP);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try {
            submit(begun, end);
            begun.await();
            submit(new CountDownLatch(1), end);

            Response refused = Service.get(address);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(refused.header("Sluice-Outcome")).isEqualTo("throttle");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        } finally {
            end.countDown();
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(Service.get(address).statusCode()).isEqualTo(200));
    }

    @Test
    void closes_the_connection_of_an_upload_that_does_not_end() throws IOException, InterruptedException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            Thread sender = Thread.ofVirtual().start(() -> sendWithoutEnd(socket));
            String answer = readToTheEnd(socket);
            assertThat(answer).contains(" 413 ").contains("body-too-large");
            assertThat(sender.join(Duration.ofSeconds(20)))
                    .as("nobody takes more of it")
                    .isTrue();
        }
    }

    private void submit(CountDownLatch begun, CountDownLatch end) {
        pool.submit(
                1,
                () -> {
                    begun.countDown();
                    end.await();
                    return true;
                },
                new EncodePool.Result<Boolean>() {
                    @Override
                    public void made(Boolean value) {
                        // Only its place in the queue counts.
                    }

                    @Override
                    public void failed(Throwable cause) {
                        throw new AssertionError(cause);
                    }
                });
    }

    private static void sendWithoutEnd(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestTokens.OPERATOR
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            // The service closed the connection, as it should.
        }
    }

    private static String readToTheEnd(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[1024];
        try {
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
            }
        } catch (java.net.SocketException e) {
            // Reset, for the client was still sending.
        }
        return answer.toString();
    }
}
