package io.sluice.image.isolation;

import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.hostile.HostileImages;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.SourceFormat;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service when what it does not trust is encoded in child processes with narrow limits. */
@QuarkusTest
@TestProfile(IsolationTest.Narrow.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class IsolationTest {
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.image.isolation", "untrusted",
                    "sluice.image.isolation.trusted", "catalogue,press",
                    "sluice.image.isolation.deadline", "PT4S",
                    "sluice.image.isolation.memory", "400M",
                    "sluice.image.isolation.images", "3",
                    "sluice.image.upload.pace", "PT1S");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    IsolatedEncodes encodes;

    @Inject
    @SuppressWarnings("NullAway.Init")
    VipsLibrary library;

    @Inject
    @SuppressWarnings("NullAway.Init")
    EncoderProfile profile;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
        children().forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(30)).until(() -> children().isEmpty());
    }

    @Test
    void makes_the_same_bytes_in_a_child_as_here_and_only_for_those_it_does_not_trust() throws IOException {
        byte[] photo = photo("wine.jpg");
        EncodeTask trusted = task("press", write(photo), Service.facts(photo), 384, ImageFormat.WEBP);
        byte[] here = encoded(trusted);
        assertThat(children()).isEmpty();

        byte[] there = encoded(task("anybody", trusted.original(), trusted.facts(), 384, ImageFormat.WEBP));

        assertThat(children()).hasSize(1);
        assertThat(there).isEqualTo(here);
    }

    @Test
    void answers_a_problem_when_a_child_dies_and_makes_the_variant_in_the_next_one() throws Exception {
        String oid = upload(new HostileImages(vips()).flat(6_900, "pngsave_buffer", "compression", "1"));
        VariantAddress address = address(oid, 4096, 80, ImageFormat.WEBP);
        var answer = CompletableFuture.supplyAsync(() -> Service.get(address));
        await().atMost(Duration.ofSeconds(30)).until(() -> !children().isEmpty());
        signal("ABRT", children().getFirst());

        Response died = answer.get(30, TimeUnit.SECONDS);

        assertThat(died.statusCode()).isEqualTo(503);
        assertThat(died.jsonPath().getString("type")).isEqualTo("/problems/encoder-died");
        assertThat(died.jsonPath().getString("detail")).contains("signal 6");
        assertThat(died.header("Cache-Control")).isEqualTo("no-store");
        VariantAddress small = address(oid, 64, 80, ImageFormat.WEBP);
        assertThat(Service.get(small).statusCode()).isEqualTo(200);
        assertThat(temporaries()).isZero();
    }

    @Test
    void kills_a_child_that_decodes_a_scan_bomb_at_the_deadline() throws IOException {
        Path bomb = write(HostileImages.scans(12_000, 882));
        ImageFacts facts = new ImageFacts(SourceFormat.JPEG, 12_000, 12_000, false, false, 1, true, false);
        long start = System.nanoTime();

        assertThatThrownBy(() -> encoded(task("anybody", bomb, facts, 64, ImageFormat.WEBP)))
                .isInstanceOf(EncodeOverdue.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(10)).until(() -> children().isEmpty());
        assertThat(temporaries()).isZero();
    }

    @Test
    void survives_a_child_that_needs_more_memory_than_it_may_have() throws IOException {
        byte[] large = HostileImages.scans(16_000, 2);
        ImageFacts facts = new ImageFacts(SourceFormat.JPEG, 16_000, 16_000, false, false, 1, true, false);

        assertThatThrownBy(() -> encoded(task("anybody", write(large), facts, 4096, ImageFormat.PNG)))
                .isInstanceOfAny(EncoderDied.class, VipsFailure.class);

        byte[] photo = photo("wine.jpg");
        assertThat(encoded(task("anybody", write(photo), Service.facts(photo), 64, ImageFormat.WEBP)))
                .isNotEmpty();
    }

    @Test
    void replaces_a_child_after_its_share_of_images_and_one_that_died_idle() throws IOException {
        byte[] photo = photo("wine.jpg");
        EncodeTask task = task("anybody", write(photo), Service.facts(photo), 64, ImageFormat.WEBP);
        encoded(task);
        ProcessHandle first = children().getFirst();
        encoded(task);
        assertThat(children()).containsExactly(first);
        encoded(task); // the third and last
        await().atMost(Duration.ofSeconds(10)).until(() -> !first.isAlive());

        encoded(task);
        ProcessHandle second = children().getFirst();
        second.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !second.isAlive());

        assertThat(encoded(task)).isNotEmpty();
        assertThat(Service.metric("sluice_image_isolation_ended_total{reason=\"recycled\"}"))
                .isPositive();
    }

    @Test
    void tells_damage_from_death() throws IOException {
        byte[] photo = photo("wine.jpg");
        Path cut = write(java.util.Arrays.copyOf(photo, photo.length / 2));

        assertThatThrownBy(() -> encoded(task("anybody", cut, Service.facts(photo), 64, ImageFormat.WEBP)))
                .isInstanceOf(VipsFailure.class);

        assertThat(children()).hasSize(1);
    }

    @Test
    void ends_a_child_in_the_middle_of_an_encode_when_its_parent_is_gone() throws Exception {
        IsolationConfig config =
                io.quarkus.arc.Arc.container().instance(IsolationConfig.class).get();
        Process process = new ChildCommand(vips().library(), config).start();
        try (OutputStream requests = process.getOutputStream()) {
            Frames.write(
                    requests,
                    new Request.Encode(
                            task(
                                            "anybody",
                                            write(photo("wine.jpg")),
                                            Service.facts(photo("wine.jpg")),
                                            64,
                                            ImageFormat.WEBP)
                                    .address()
                                    .path(),
                            write(HostileImages.scans(12_000, 882)),
                            data.resolve("nothing"),
                            0,
                            Optional.empty()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> process.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .compareTo(Duration.ofSeconds(1))
                            > 0);
            assertThat(process.isAlive()).isTrue();
        } // closed as the kernel closes it when the parent is killed

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void gives_a_child_neither_environment_nor_core_files() throws IOException {
        byte[] photo = photo("wine.jpg");
        encoded(task("anybody", write(photo), Service.facts(photo), 64, ImageFormat.WEBP));
        Path proc = Path.of("/proc/" + children().getFirst().pid());

        assertThat(Files.readString(proc.resolve("environ")).split("\0"))
                .allMatch(variable -> variable.matches(
                        "(MALLOC_ARENA_MAX|VIPS_WARNING|PWD|OLDPWD|_|SHLVL|NLSPATH|LD_LIBRARY_PATH)=.*"));
        assertThat(Files.readString(proc.resolve("limits")))
                .containsPattern("Max core file size +0 ")
                .containsPattern("Max data size +419430400 ");
    }

    @Test
    void sends_a_dripping_upload_away() throws IOException, InterruptedException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestTokens.OPERATOR
                            + "\r\nContent-Length: 100000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Thread drip = Thread.ofVirtual().start(() -> drip(out));
            byte[] answer = new byte[2_000];
            int read = socket.getInputStream().read(answer);
            assertThat(new String(answer, 0, read, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 408");
            assertThat(drip.join(Duration.ofSeconds(30)))
                    .as("the connection is closed")
                    .isTrue();
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(temporaries()).isZero());
    }

    private static void drip(OutputStream out) {
        try {
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // Cut off, as it should be.
        }
    }

    private Vips vips() {
        return library.vips().orElseThrow();
    }

    private byte[] encoded(EncodeTask task) throws IOException {
        return encodes.encode(vips(), task, encoded -> switch (encoded) {
            case io.sluice.image.variant.Encoded.InFile file -> Files.readAllBytes(file.file());
            case io.sluice.image.variant.Encoded.InMemory memory -> {
                byte[] bytes = new byte[(int) memory.length()];
                memory.bytes().get(bytes);
                yield bytes;
            }
        });
    }

    private EncodeTask task(String collection, Path original, ImageFacts facts, int width, ImageFormat format) {
        Recipe recipe = Recipe.of(profile.id(), width, 0, Fit.INSIDE, format.lossy() ? 80 : 0);
        return new EncodeTask(
                VariantAddress.of(collection, "0".repeat(64), recipe, format), original, facts, 0, Optional.empty());
    }

    private Path write(byte[] image) throws IOException {
        return Files.write(Files.createTempFile(data, "source", ""), image);
    }

    private long temporaries() throws IOException {
        try (var all = Files.list(data.resolve("tmp"))) {
            return all.count();
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .toString()
                        .contains(EncodeChild.class.getName()))
                .toList();
    }

    private static void signal(String name, ProcessHandle child) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
