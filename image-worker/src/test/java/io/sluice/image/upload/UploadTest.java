package io.sluice.image.upload;

import static io.restassured.RestAssured.given;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.Bytes;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.openapi.OpenApiContract;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class UploadTest {
    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void takes_an_image_once_and_tells_what_it_is() {
        byte[] photo = photo("sunset.jpg");
        send(photo)
                .statusCode(201)
                .body("bytes", is(photo.length))
                .body("format", is("jpeg"))
                .body("animated", is(false));
        String oid = send(photo).statusCode(200).extract().path("oid");
        assertThat(oid).matches("[0-9a-f]{64}");
        viewer().get("/api/v1/images/" + oid).then().statusCode(200).body("oid", equalTo(oid));
        viewer().get("/api/v1/images/" + "0".repeat(64)).then().statusCode(404);
        viewer().get("/api/v1/images/nothing").then().statusCode(400);
    }

    @Test
    void refuses_what_is_no_image_damaged_or_a_bomb_and_keeps_nothing() throws IOException {
        byte[] photo = photo("wine.jpg");
        long before = originals();
        send("<html>".getBytes(StandardCharsets.US_ASCII)).statusCode(415).body("type", is("/problems/not-an-image"));
        send("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII))
                .statusCode(415);
        send(Arrays.copyOf(photo, photo.length / 2)).statusCode(422).body("type", is("/problems/damaged-image"));
        send(Bytes.png(50_000, 50_000, 0)
                        .chunk("IDAT", new byte[9])
                        .chunk("IEND", new byte[0])
                        .array())
                .statusCode(422)
                .body("type", is("/problems/image-too-large"));
        Bytes scans = Bytes.jpeg(64, 64, true);
        for (int i = 0; i < 65; i++) {
            scans.scan();
        }
        send(scans.hex("ffd9").array()).statusCode(422).body("type", is("/problems/image-too-complex"));
        send(new byte[0]).statusCode(415);
        assertThat(originals()).isEqualTo(before);
        assertThat(temporaries()).isZero();
    }

    @Test
    void checks_the_announced_digest() {
        byte[] photo = photo("wine.jpg");
        operator()
                .contentType("image/jpeg")
                .header("Content-Digest", "sha-256=:" + "A".repeat(43) + "=:")
                .body(photo)
                .post("/api/v1/images")
                .then()
                .statusCode(400)
                .body("type", is("/problems/upload-incomplete"));
        operator()
                .header("Content-Digest", "sha-256=nonsense")
                .body(photo)
                .post("/api/v1/images")
                .then()
                .statusCode(400);
    }

    @Test
    void refuses_oversized_bodies_by_their_announcement() throws IOException {
        assertThat(raw("Content-Length: 104857601\r\n", new byte[0]))
                .contains(" 413 ")
                .contains("body-too-large");
        operator()
                .contentType("application/json")
                .body(new byte[2 << 20])
                .put("/api/v1/sources/a/b.jpg")
                .then()
                .statusCode(413);
    }

    @Test
    void closes_the_connection_after_refusing_an_oversized_upload() throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(new String(head("Content-Length: 104857601\r\n"), StandardCharsets.US_ASCII)
                            .replace("Connection: close\r\n", "")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 413 ").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void removes_at_start_what_a_crash_left() {
        assertThat(data.resolve("tmp").resolve(ServiceFolders.LEFT_BY_A_CRASH)).doesNotExist();
    }

    @Test
    void forgets_an_upload_whose_connection_ends_early() throws IOException {
        long before = originals();
        byte[] photo = photo("wine.jpg");
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + photo.length + "\r\n"));
            out.write(photo, 0, 100_000);
            out.flush();
            await().atMost(Duration.ofSeconds(10)).until(() -> temporaries() > 0);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(temporaries()).isZero());
        assertThat(originals()).isEqualTo(before);
    }

    @Test
    void takes_chunks_and_only_from_those_who_may() throws IOException {
        byte[] photo = photo("wine.jpg");
        byte[] chunk = new Bytes()
                .text(Integer.toHexString(photo.length) + "\r\n")
                .raw(photo)
                .text("\r\n0\r\n\r\n")
                .array();
        assertThat(raw("Transfer-Encoding: chunked\r\n", chunk)).containsPattern(" 20[01] ");
        given().body(photo).post("/api/v1/images").then().statusCode(401);
        given().header("Authorization", "Bearer wrong")
                .body(photo)
                .post("/api/v1/images")
                .then()
                .statusCode(401);
        viewer().body(photo).post("/api/v1/images").then().statusCode(403);
    }

    @Test
    void publishes_the_api_that_is_committed() {
        OpenApiContract.check("image-worker", given().get("/q/openapi").asString());
    }

    private static ValidatableResponse send(byte[] body) {
        return operator()
                .contentType("application/octet-stream")
                .body(body)
                .post("/api/v1/images")
                .then();
    }

    private String raw(String headers, byte[] body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(headers));
            out.write(body);
            out.flush();
            StringBuilder answer = new StringBuilder();
            byte[] part = new byte[1024];
            while (answer.indexOf("}") < 0) {
                int read = socket.getInputStream().read(part);
                if (read < 0) {
                    break;
                }
                answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private static byte[] head(String headers) {
        return ("POST /api/v1/images HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + TestTokens.OPERATOR + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private long originals() throws IOException {
        return count("originals");
    }

    private long temporaries() throws IOException {
        return count("tmp");
    }

    private long count(String folder) throws IOException {
        Path root = data.resolve(folder);
        if (!Files.exists(root)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
