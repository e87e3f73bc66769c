package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static io.sluice.gateway.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.gateway.catalogue.SavedCatalogue;
import io.sluice.platform.snapshot.SnapshotFile;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A gateway that finds the files of its former life and nobody else: neither PostgreSQL nor a neighbour, no CDN configured. */
@QuarkusTest
@TestProfile(RestartTest.Alone.class)
class RestartTest {
    public static class Alone implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TestTokens.class), new TestResourceEntry(FormerLife.class));
        }
    }

    public static class FormerLife implements QuarkusTestResourceLifecycleManager {
        private final FakeEdge edge = new FakeEdge();

        @Override
        public Map<String, String> start() {
            edge.start();
            try {
                Path folder = Files.createTempDirectory("sluice-gateway");
                SavedCatalogue.write(folder, "e9", "photos", "cat.jpg", FakeWorker.OID_A);
                String cdns = """
                        {"version":5,"cdns":[{"name":"saved","url":"%s","weight":100.0,"probe":"/v/canary"}]}""".formatted(edge.url());
                new SnapshotFile(folder.resolve("cdns.snapshot")).write(cdns.getBytes(StandardCharsets.UTF_8));
                return Map.of(
                        "sluice.data.dir",
                        folder.toString(),
                        "sluice.db.port",
                        "1",
                        "sluice.gateway.delivery.port",
                        Integer.toString(FreePorts.next()),
                        "sluice.gateway.delivery.host",
                        "127.0.0.1",
                        "sluice.signing.active",
                        "k1",
                        "sluice.signing.keys.k1",
                        Base64.getEncoder().encodeToString(Surroundings.SECRET));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            edge.close();
        }
    }

    @Test
    void redirects_from_what_is_on_disk_when_all_others_are_away() {
        int port = ConfigProvider.getConfig().getValue("sluice.gateway.delivery.port", Integer.class);
        HttpResponse<String> response = new Client(port).get("/img/photos/cat.jpg?w=500", "Accept", "image/webp");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Server-Timing")).isEqualTo("cdn;desc=saved");
        assertThat(header(response, "Location"))
                .contains("/v/photos/" + FakeWorker.OID_A + "/e9-q80-w512-xinside.webp?k=k1&s=");
        given().get("/q/health/ready").then().statusCode(200);
        given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/cdns/saved")
                .then()
                .body("status", equalTo("UP"));
    }
}
