package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest as dash.js's own steering controller reads it, where node and npm can be used. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class DashPlayerTest {
    private static final String VERSION = "5.0.3";
    private static final String SHA512 =
            "TXndNnCUjFjF2nYBxDVba+hWRpVkadkQ8flLp7kHkem+5+wZTfRShJCnVkPUosmjS0YPE9fVNLbYPJxHBeQZvA==";
    private static final String MAP = "package/dist/modern/esm/dash.mediaplayer.debug.js.map";
    private static final Path CACHE = Path.of("target", "dashjs-" + VERSION);

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void dash_js_understands_the_order_the_clones_and_where_to_ask_again() throws Exception {
        Path map = sources();
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        String manifest = "http://127.0.0.1:" + surrounding.port() + "/steering/video/film?base=edge-a";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(new Client(surrounding.port())
                                .get("/steering/video/film")
                                .body())
                        .contains("edge-a", "edge-b"));
        Path script = Path.of(Objects.requireNonNull(getClass().getResource("/dash/steering.mjs"))
                .toURI());

        JsonPath player = JsonPath.from(run(
                folder,
                "node",
                script.toString(),
                map.toAbsolutePath().toString(),
                folder.toString(),
                manifest,
                "edge-a"));

        assertThat(player.getString("failure")).isNull();
        assertThat(player.getInt("understood.version")).isEqualTo(1);
        assertThat(player.getInt("understood.ttl")).isEqualTo(30);
        assertThat(player.<String>getList("understood.pathwayPriority")).containsExactlyInAnyOrder("edge-a", "edge-b");
        assertThat(player.<String>getList("asked"))
                .as("the second time by RELOAD-URI")
                .containsExactly(manifest, manifest);
        assertThat(player.<Map<String, String>>getList("bases"))
                .as("the clone that it makes of what the playlist has")
                .containsExactly(Map.of(
                        "serviceLocation",
                        "edge-b",
                        "url",
                        "https://" + URI.create(surrounding.edgeB().url()).getAuthority() + "/video/"));
    }

    /** The source map of the published package: it has the sources, the package itself only bundles. */
    private static Path sources() throws Exception {
        Path map = CACHE.resolve(MAP);
        if (!Files.exists(map)) {
            Files.createDirectories(CACHE);
            try {
                run(CACHE, "node", "--version");
                run(CACHE, "npm", "pack", "--silent", "dashjs@" + VERSION);
            } catch (IOException e) {
                assumeTrue(false, "dash.js cannot be had from npm and run: " + e.getMessage());
            }
            Path archive = CACHE.resolve("dashjs-" + VERSION + ".tgz");
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
            assertThat(Base64.getEncoder().encodeToString(digest))
                    .as("what npm gave is what was published")
                    .isEqualTo(SHA512);
            run(CACHE, "tar", "xzf", archive.getFileName().toString(), MAP);
            Files.delete(archive);
        }
        return map;
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).directory(in.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command[0] + " failed: "
                    + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        return output;
    }
}
