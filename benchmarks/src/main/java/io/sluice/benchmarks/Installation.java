package io.sluice.benchmarks;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Our side of a benchmark: the packaged services with the flags of their container images, on free ports of loopback, beside a
 * PostgreSQL of the moment. Keys and the token are made anew for each run.
 */
final class Installation implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");

    private final Workspace workspace;
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Thread endWithUs;
    private final String token = secret();
    private final byte[] signingKey = new byte[32];

    private Installation(Workspace workspace, Path folder, EmbeddedPostgres postgres) {
        this.workspace = workspace;
        this.folder = folder;
        this.postgres = postgres;
        this.endWithUs = new Thread(postgres::close);
        Runtime.getRuntime().addShutdownHook(endWithUs);
        new SecureRandom().nextBytes(signingKey);
    }

    static Installation start(Workspace workspace, Path folder) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                    folder.resolve("postgresql"),
                    FreePorts.next(),
                    secret(),
                    EmbeddedPostgres.defaultCache(),
                    Map.of("shared_buffers", "32MB")));
            postgres.database("sluice");
            return new Installation(workspace, folder, postgres);
        } catch (EmbeddedPostgres.StartFailed e) {
            throw new CannotMeasure(e.getMessage() + ".", e);
        }
    }

    Api api() {
        return new Api(token);
    }

    AddressSigner signer() {
        return new AddressSigner("bench", Map.of("bench", signingKey));
    }

    /** Starts image-worker with a libvips; returns when it is ready. */
    ServerProcess imageWorker(int port, Path libvips, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(shared("image-worker", "images", port));
        all.put("sluice.image.libvips.path", libvips.toString());
        all.putAll(settings);
        return start(
                "image-worker",
                command("image-worker", List.of("-Xms32m", "-Xmn12m", "-Xmx96m", "-XX:MaxDirectMemorySize=192m"), all),
                Map.of("MALLOC_ARENA_MAX", "2", "VIPS_WARNING", "1"),
                port);
    }

    /** Starts cdn-gateway, held to the core of the servers; returns when it is ready. */
    ServerProcess gateway(int control, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(shared("cdn-gateway", "gateway", control));
        all.putAll(settings);
        return start(
                "cdn-gateway", Tools.onCore(0, command("cdn-gateway", List.of("-Xmx256m"), all)), Map.of(), control);
    }

    /** Starts optimizer-service with a key pair of the moment and without neighbours; returns when it is ready. */
    ServerProcess optimizer(int port, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(shared("optimizer-service", "optimizer", port));
        all.put("sluice.optimizer.signing.kid", "bench");
        all.put("sluice.optimizer.signing.private-key", signingPair());
        all.putAll(settings);
        return start("optimizer-service", command("optimizer-service", List.of("-Xmx512m"), all), Map.of(), port);
    }

    /** The token that everybody takes, for clients that write their requests by hand. */
    String token() {
        return token;
    }

    /** Setting by which a service calls another one. */
    Map<String, String> neighbour(String service, int port) {
        return Map.of(
                "sluice.neighbours." + service + ".url",
                "http://127.0.0.1:" + port,
                "sluice.neighbours." + service + ".token",
                token);
    }

    @Override
    public void close() {
        postgres.close();
        Runtime.getRuntime().removeShutdownHook(endWithUs);
    }

    private ServerProcess start(String service, List<String> command, Map<String, String> environment, int port) {
        return ServerProcess.start(service, folder, command, environment)
                .awaitAnswer("http://127.0.0.1:" + port + "/q/health/ready", 200);
    }

    private List<String> command(String service, List<String> heap, Map<String, String> settings) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(heap);
        command.addAll(FLAGS);
        command.add("-Dquarkus.config.locations=" + write(service, settings).toUri());
        command.add("-jar");
        command.add(workspace.application(service).toString());
        return command;
    }

    private Map<String, String> shared(String service, String schema, int port) {
        String password = secret();
        postgres.schema("sluice", schema, password);
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("sluice.db.host", "127.0.0.1");
        settings.put("sluice.db.port", Integer.toString(postgres.port()));
        settings.put("sluice.db.user", schema);
        settings.put("sluice.db.password", password);
        settings.put("sluice.data.dir", folder.resolve(service + "-data").toString());
        settings.put("sluice.access.tokens.bench.sha256", sha256(token));
        settings.put("sluice.access.tokens.bench.roles", "viewer,operator,service");
        settings.put("sluice.signing.active", "bench");
        settings.put("sluice.signing.keys.bench", Base64.getEncoder().encodeToString(signingKey));
        return settings;
    }

    private Path write(String service, Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        try {
            return Files.writeString(folder.resolve(service + ".properties"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signingPair() {
        try {
            return Base64.getEncoder()
                    .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Ed25519 is part of every Java platform since 15", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
