package io.sluice.image.information;

import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class InformationTest {
    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void finds_out_once_what_an_image_is_and_shows() throws IOException {
        byte[] photo = photo("night.jpg");
        String oid = upload(photo);
        String first = viewer().get("/api/v1/images/" + oid + "/info")
                .then()
                .statusCode(200)
                .body("oid", is(oid))
                .body("bytes", is(photo.length))
                .body("format", is("jpeg"))
                .body("width", is(Service.facts(photo).width()))
                .body("frames", is(1))
                .body("alpha", is(false))
                .body("colourSpace", is("srgb"))
                .body("orientation", is(1))
                .body("dominantColour", matchesPattern("#[0-9a-f]{6}"))
                .body("blurhash", matchesPattern("L.{27}"))
                .body("thumbhash", matchesPattern("[A-Za-z0-9+/=]{28,36}"))
                .extract()
                .asString();
        Path original = data.resolve(Path.of("originals", oid.substring(0, 2), oid.substring(2, 4), oid));
        Path aside = Files.move(original, original.resolveSibling("aside"));
        try {
            assertThat(viewer().get("/api/v1/images/" + oid + "/info").asString())
                    .isEqualTo(first);
        } finally {
            Files.move(aside, original);
        }
    }

    @Test
    void knows_nothing_of_what_was_not_uploaded() {
        viewer().get("/api/v1/images/" + "0".repeat(64) + "/info").then().statusCode(404);
        viewer().get("/api/v1/images/none/info").then().statusCode(400);
    }
}
