package io.sluice.image.definition;

import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PresetsOnlyTest.Only.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class PresetsOnlyTest {
    public static final class Only implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.image.presets.only", "true");
        }
    }

    @Test
    void serves_presets_and_what_directives_make_of_them_and_nothing_else() {
        Service.awaitReady();
        String oid = upload(photo("wine.jpg"));
        operator()
                .contentType("application/json")
                .body("{\"width\":512,\"quality\":{\"webp\":70},\"operations\":{\"sharpen\":\"1\"}}")
                .put("/api/v1/presets/card")
                .then()
                .statusCode(200);
        String profile = VariantAddress.parse(get(oid, "e0-q60-s10-w384-xinside.webp")
                        .header("Location")
                        .replaceAll("\\?.*", ""))
                .recipe()
                .orElseThrow()
                .profile();
        assertThat(get(oid, profile + "-q70-s10-w512-xinside.webp").statusCode())
                .isEqualTo(200);
        assertThat(get(oid, profile + "-q60-s10-w384-xinside.webp").statusCode())
                .as("smaller and worse")
                .isEqualTo(200);
        for (String other : new String[] {
            "-q71-s10-w512-xinside.webp",
            "-q70-s10-w640-xinside.webp",
            "-q70-w512-xinside.webp",
            "-h512-q70-s10-w512-xinside.webp"
        }) {
            Response refused = get(oid, profile + other);
            assertThat(refused.statusCode()).as(other).isEqualTo(403);
            assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/not-a-preset");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    private static Response get(String oid, String file) {
        return Service.get(VariantAddress.parse("/v/samples/" + oid + "/" + file));
    }
}
