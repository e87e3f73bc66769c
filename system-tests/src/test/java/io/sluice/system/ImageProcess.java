package io.sluice.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.libvips.Libvips;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged image-worker, to be killed. */
final class ImageProcess implements AutoCloseable {
    private static final String TOKEN = "crash-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KillableProcess process;

    ImageProcess(EmbeddedPostgres postgres, DirectiveSource directives, Path data, Path output) {
        this(
                postgres,
                Map.of(
                        "sluice.neighbours.optimizer-service.url", directives.url(),
                        "sluice.directives.keys.d1", directives.publicKey()),
                data,
                output);
    }

    /** @param optimizer where directives come from, and which key they are signed with */
    ImageProcess(EmbeddedPostgres postgres, Map<String, String> optimizer, Path data, Path output) {
        Map<String, String> settings = new HashMap<>(optimizer);
        settings.put("sluice.db.port", Integer.toString(postgres.port()));
        settings.put("sluice.db.user", "images");
        settings.put("sluice.db.password", "images");
        settings.put("sluice.data.dir", data.toString());
        settings.put("sluice.image.libvips.path", Libvips.locate().toString());
        settings.put("sluice.signing.active", "k1");
        settings.put("sluice.signing.keys.k1", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        settings.put("sluice.access.tokens.operator.sha256", sha256(TOKEN.getBytes(StandardCharsets.UTF_8)));
        settings.put("sluice.access.tokens.operator.roles", "operator,viewer");
        settings.put("sluice.image.storage.automatic", "false");
        settings.put("sluice.image.storage.orphan", "PT0S");
        this.process = new KillableProcess("image-worker", "/q/health/live", output, settings);
    }

    void start() {
        process.start();
    }

    /** {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** Uploads; yields the oid when it was accepted. */
    Optional<String> upload(byte[] image) {
        return process.send(request("/api/v1/images")
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(image)))
                .filter(answer -> answer.statusCode() / 100 == 2)
                .map(answer -> json(answer.body()).get("oid").asText());
    }

    /** Asks for a set; yields the signed addresses when it was accepted. */
    Optional<List<String>> set(String oid) {
        return post(
                        "/api/v1/images/" + oid + "/variants",
                        "{\"widths\":[64,96],\"formats\":[\"avif\",\"webp\",\"jpeg\"]}")
                .map(set -> set.findValuesAsText("url"));
    }

    /** Status, ETag and body of an address; empty when the answer broke off. */
    Optional<HttpResponse<byte[]>> get(String url) {
        return process.send(HttpRequest.newBuilder(process.uri(url)));
    }

    Optional<JsonNode> json(String path) {
        return process.send(request(path))
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> json(answer.body()));
    }

    Optional<JsonNode> post(String path, String body) {
        return process.send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .filter(answer -> answer.statusCode() / 100 == 2)
                .map(answer -> json(answer.body()));
    }

    /** Sweeps the store; yields when it is done. */
    void sweep() {
        int id = post("/api/v1/storage/collections", "").orElseThrow().get("id").asInt();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> json("/api/v1/storage/collections/" + id)
                        .filter(sweep -> sweep.get("state").asText().equals("done"))
                        .isPresent());
    }

    @Override
    public void close() {
        process.close();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(process.uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
