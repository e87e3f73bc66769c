package io.sluice.image;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contracts.image.AddressSigner;
import io.sluice.testkit.access.TestTokens;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The service as it starts without PostgreSQL and without libvips. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@TestProfile(DefaultsTest.Alone.class)
class DefaultsTest {
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.db.port", "1",
                    "sluice.data.dir", "target/alone",
                    "sluice.image.libvips.path", "/nowhere/libvips.so");
        }
    }

    @Test
    void starts_and_says_what_is_missing() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'libvips' }.status", is("DOWN"))
                .body("checks.find { it.name == 'libvips' }.data.remedy", containsString("apt-get install libvips42"))
                .body("checks.find { it.name == 'database' }.status", is("UP"));
        AddressSigner stranger = new AddressSigner("k1", Map.of("k1", new byte[32]));
        given().urlEncodingEnabled(false)
                .get(stranger.sign("/v/a/" + "0".repeat(64) + "/e1-q80-w64-xinside.webp"))
                .then()
                .statusCode(403);
    }

    @Test
    void sends_followers_away_until_the_schema_is_there_without_a_word_in_the_log() {
        List<String> errors = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
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
        };
        Logger.getLogger("").addHandler(listener);
        try {
            Service.viewer()
                    .get("/api/v1/sources/changes")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5");
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void has_these_defaults() {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        Map<String, String> defaults = Map.ofEntries(
                entry("sluice.image.upload.max-bytes", "100M"),
                entry("sluice.image.upload.max-pixels", "50000000"),
                entry("sluice.image.upload.pace", "PT15S"),
                entry("sluice.image.isolation", "none"),
                entry("sluice.image.isolation.deadline", "PT30S"),
                entry("sluice.image.isolation.memory", "768M"),
                entry("sluice.image.isolation.cpu", "PT10M"),
                entry("sluice.image.isolation.images", "500"),
                entry("sluice.image.encoding.memory", "384M"),
                entry("sluice.image.encoding.queue", "128"),
                entry("sluice.image.encoding.max-wait", "PT10S"),
                entry("sluice.image.encoding.max-variants", "200"),
                entry("sluice.image.jobs.threads", "1"),
                entry("sluice.image.jobs.lease", "PT25S"),
                entry("sluice.image.jobs.poll", "PT1S"),
                entry("sluice.directives.worker-id", "image-worker-0"),
                entry("sluice.image.store.kind", "files"),
                entry("sluice.image.store.local-copies", "2G"),
                entry("sluice.image.store.s3.region", "us-east-1"),
                entry("sluice.image.store.s3.path-style", "false"),
                entry("sluice.image.store.s3.timeout", "PT30S"),
                entry("sluice.image.store.s3.connections", "32"),
                entry("sluice.image.store.s3.part-size", "16M"),
                entry("sluice.image.jobs.ageing", "PT1M"),
                entry("sluice.image.jobs.start-target", "PT1M"),
                entry("sluice.image.jobs.window", "PT15M"),
                entry("sluice.image.jobs.history", "P7D"),
                entry("sluice.image.presets.only", "false"),
                entry("sluice.image.storage.automatic", "true"),
                entry("sluice.image.storage.every", "PT24H"),
                entry("sluice.image.storage.unused", "P90D"),
                entry("sluice.image.storage.old-profile", "P7D"),
                entry("sluice.image.storage.original", "P7D"),
                entry("sluice.image.storage.orphan", "PT1H"));
        defaults.forEach((key, value) ->
                assertThat(config.getValue(key, String.class)).as(key).isEqualTo(value));
    }
}
