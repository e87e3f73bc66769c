package io.sluice.image.isolation;

import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.variant.EncodeRunner;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.variant.SetTask;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets and looks in child processes. */
@QuarkusTest
@TestProfile(IsolationTest.Narrow.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class IsolatedSetTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    IsolatedEncodes encodes;

    @Inject
    @SuppressWarnings("NullAway.Init")
    VipsLibrary library;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void makes_a_set_from_one_decode_in_a_child_with_the_bytes_of_one_made_here() throws IOException {
        byte[] photo = photo("wine.jpg");
        SetTask set = set(photo, photo);

        Map<String, byte[]> there = made(encodes, set, Set.of());

        assertThat(there).hasSize(3);
        Map<String, byte[]> here = made(new LocalEncodes(), set, Set.of());
        there.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(here.get(path)));
        assertThat(temporaries()).isZero();
    }

    @Test
    void leaves_out_what_is_not_wanted() throws IOException {
        byte[] photo = photo("wine.jpg");
        SetTask set = set(photo, photo);
        String first = set.addresses().getFirst().path();

        assertThat(made(encodes, set, Set.of(first))).hasSize(2).doesNotContainKey(first);
    }

    @Test
    void tells_damage_and_goes_on_with_the_same_child() throws IOException {
        byte[] photo = photo("wine.jpg");
        double abandoned = Service.metric("sluice_image_isolation_ended_total{reason=\"abandoned\"}");

        Assertions.assertThatThrownBy(() -> made(encodes, set(Arrays.copyOf(photo, photo.length / 2), photo), Set.of()))
                .isInstanceOf(VipsFailure.class);

        assertThat(Service.metric("sluice_image_isolation_ended_total{reason=\"abandoned\"}"))
                .isEqualTo(abandoned);
        assertThat(temporaries()).isZero();
    }

    @Test
    void ends_a_child_that_is_left_in_the_middle_of_a_set() throws IOException {
        byte[] photo = photo("wine.jpg");
        double abandoned = Service.metric("sluice_image_isolation_ended_total{reason=\"abandoned\"}");

        Assertions.assertThatThrownBy(() -> encodes.cascade(vips(), set(photo, photo), new EncodeRunner.SetReceiver() {
                    @Override
                    public boolean wants(VariantAddress address) {
                        return true;
                    }

                    @Override
                    public void take(VariantAddress address, Encoded encoded) throws IOException {
                        throw new IOException("the disk is full");
                    }
                }))
                .hasMessage("the disk is full");

        assertThat(Service.metric("sluice_image_isolation_ended_total{reason=\"abandoned\"}"))
                .isEqualTo(abandoned + 1);
        assertThat(temporaries()).isZero();
    }

    @Test
    void looks_at_a_source_in_a_child_and_sees_what_would_be_seen_here() throws IOException {
        byte[] photo = photo("umang.jpg");
        Path original = write(photo);
        ImageFacts facts = Service.facts(photo);

        var there = encodes.look(vips(), original, facts);

        var here = new LocalEncodes().look(vips(), original, facts);
        assertThat(there.colourSpace()).isEqualTo(here.colourSpace());
        for (int pixel = 0; pixel < here.thumbnail().pixels(); pixel++) {
            assertThat(there.thumbnail().channel(pixel, 1))
                    .isEqualTo(here.thumbnail().channel(pixel, 1));
        }
        String oid = upload(photo);
        viewer().get("/api/v1/images/" + oid + "/info").then().statusCode(200);
    }

    @Test
    void makes_an_isolated_set_by_its_job() {
        String oid = upload(photo("seeds.jpg"));
        Response asked = operator()
                .contentType("application/json")
                .body("{\"collection\":\"anybody\",\"widths\":[64,128],\"formats\":[\"webp\",\"jpeg\"]}")
                .post("/api/v1/images/" + oid + "/variants");
        asked.then().statusCode(202);

        int job = asked.path("job");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(viewer().get("/api/v1/jobs/" + job).<String>path("result"))
                                .isEqualTo("made"));
    }

    private Map<String, byte[]> made(EncodeRunner runner, SetTask set, Set<String> unwanted) throws IOException {
        Map<String, byte[]> made = new LinkedHashMap<>();
        runner.cascade(vips(), set, new EncodeRunner.SetReceiver() {
            @Override
            public boolean wants(VariantAddress address) {
                return !unwanted.contains(address.path());
            }

            @Override
            public void take(VariantAddress address, Encoded encoded) throws IOException {
                made.put(address.path(), bytes(encoded));
            }
        });
        return made;
    }

    private static byte[] bytes(Encoded encoded) throws IOException {
        return switch (encoded) {
            case Encoded.InFile file -> Files.readAllBytes(file.file());
            case Encoded.InMemory memory -> {
                byte[] bytes = new byte[(int) memory.length()];
                memory.bytes().get(bytes);
                yield bytes;
            }
        };
    }

    private SetTask set(byte[] image, byte[] whole) throws IOException {
        List<VariantAddress> addresses =
                List.of(address(256, ImageFormat.WEBP), address(64, ImageFormat.WEBP), address(128, ImageFormat.JPEG));
        return new SetTask(write(image), Service.facts(whole), 256, addresses);
    }

    private static VariantAddress address(int width, ImageFormat format) {
        return VariantAddress.of("anybody", "0".repeat(64), Recipe.of("e1", width, 0, Fit.INSIDE, 80), format);
    }

    private Vips vips() {
        return library.vips().orElseThrow();
    }

    private Path write(byte[] image) throws IOException {
        return Files.write(Files.createTempFile(data, "source", ""), image);
    }

    private long temporaries() throws IOException {
        try (var all = Files.list(data.resolve("tmp"))) {
            return all.count();
        }
    }
}
