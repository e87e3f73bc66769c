package io.sluice.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The packaged optimizer-service, to be killed. */
final class OptimizerProcess implements AutoCloseable {
    static final String TOKEN = "optimizer-token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KillableProcess process;

    OptimizerProcess(EmbeddedPostgres postgres, KeyPair keys, Path output) {
        String digest = ImageProcess.sha256(TOKEN.getBytes(StandardCharsets.UTF_8));
        Map<String, String> settings = new TreeMap<>();
        settings.put("sluice.db.port", Integer.toString(postgres.port()));
        settings.put("sluice.access.tokens.all.sha256", digest);
        settings.put("sluice.access.tokens.all.roles", "operator,viewer,service");
        settings.put("sluice.optimizer.signing.kid", "d1");
        settings.put(
                "sluice.optimizer.signing.private-key",
                Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        settings.put("sluice.optimizer.leadership.lease", "PT3S");
        settings.put("sluice.optimizer.leadership.renew", "PT0.5S");
        settings.put("sluice.optimizer.broadcast.heartbeat", "PT0.5S");
        settings.put("sluice.optimizer.broadcast.refresh", "PT0.3S");
        settings.put("sluice.optimizer.directives.audience", "image-worker");
        settings.put("sluice.optimizer.pacing.interval", "PT0.5S");
        settings.put("sluice.optimizer.rollout.steps", "0.5,1");
        settings.put("sluice.optimizer.rollout.hold", "PT0.5S");
        settings.put("sluice.optimizer.rollout.check", "PT0.2S");
        this.process = new KillableProcess("optimizer-service", "/q/health/live", output, settings);
    }

    void start() {
        process.start();
    }

    /** {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** {@code STOP} or {@code CONT}. */
    void signal(String name) {
        process.signal(name);
    }

    String url() {
        return process.uri("").toString();
    }

    /** Answer of a GET; empty without one, or with another status than 200. */
    Optional<JsonNode> get(String path) {
        return process.send(request(path))
                .filter(answer -> answer.statusCode() == 200)
                .map(OptimizerProcess::json);
    }

    /** Pins the egress axis for ten minutes; the answer, or empty without one of 2xx. */
    Optional<JsonNode> pin(double level, boolean immediate) {
        String body = "{\"axis\":\"egress\",\"kind\":\"PIN\",\"level\":" + level
                + ",\"ttl\":\"PT10M\",\"reason\":\"test\",\"immediate\":" + immediate + "}";
        return process.send(request("/api/v1/overrides")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .filter(answer -> answer.statusCode() / 100 == 2)
                .map(OptimizerProcess::json);
    }

    /** Whether it says that it writes. */
    boolean leads() {
        return leadership("leads").filter(JsonNode::asBoolean).isPresent();
    }

    /** The newest epoch it knows; 0 without an answer. */
    long epoch() {
        return leadership("epoch").map(JsonNode::asLong).orElse(0L);
    }

    /** Level of the egress axis that it has in force; below 0 without an answer. */
    double egress() {
        return get("/api/v1/status")
                .map(status -> status.path("scopes")
                        .path(0)
                        .path("axes")
                        .path("egress")
                        .asDouble(-1))
                .orElse(-1.0);
    }

    @Override
    public void close() {
        process.close();
    }

    private Optional<JsonNode> leadership(String field) {
        return get("/api/v1/status").map(status -> status.path("leadership").path(field));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(process.uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
