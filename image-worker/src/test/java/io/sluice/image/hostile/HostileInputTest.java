package io.sluice.image.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Throws every row of the table at the running service. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class HostileInputTest {
    /** The goal is 100 ms; a test on a busy machine can only tell milliseconds from seconds. */
    private static final long MOST_MILLIS = 2_000;

    private static final String ELSEWHERE = """

            ## Tested elsewhere, because the service has to be configured for it

            | input | answer | test |
            |---|---|---|
            | encoder's process aborted (SIGABRT) in the middle of an encode | 503 encoder-died; the next request 200 | `IsolationTest` |
            | JPEG of 12,000 x 12,000 with 882 scans, limit lifted | child killed at its deadline; 503 encode-overdue | `IsolationTest` |
            | picture that needs more memory than a child may have | 422 or 503 encoder-died; the next request 200 | `IsolationTest` |
            | parent gone in the middle of an encode | child ends at once | `IsolationTest` |
            | upload that drips a byte each 100 ms | 408 upload-too-slow, connection closed | `IsolationTest` |
            | upload without an end | 413 body-too-large, connection closed | `LimitsTest` |
            | more encodes than may wait | 503 busy | `LimitsTest` |
            | 60,000 mutated images before scanner and stripper | an outcome each, within 0.5 s and 8 MB | `PreScanFuzzTest` |

            SVG is refused like every other format that is not in the list: there is no switch that turns it on.""";

    private static final long MOST_GROWTH_KIB = 200 << 10;

    @Inject
    @SuppressWarnings("NullAway.Init")
    VipsLibrary library;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @ConfigProperty(name = "sluice.data.dir")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void refuses_or_survives_every_hostile_input_and_gives_its_memory_back() throws Exception {
        Vips vips = library.vips().orElseThrow();
        String oid = Service.upload(Service.photo("wine.jpg"));
        HostileImages images = new HostileImages(vips);
        List<HostileInput> table = new ArrayList<>(new BombFiles(images).all());
        table.addAll(new FloodFiles(images).all());
        table.addAll(new DamagedFiles(images).all());
        table.addAll(new HostileCalls(oid).all());
        table.addAll(HostileStore.all(data));
        String profile = Service.profile(oid);
        try (Target first = new Target(base, profile, 96);
                Target target = new Target(base, profile, 64)) {
            attack(everyFourth(table), first); // so that the compiler's time is not taken for the service's
            long libraryBefore = vips.memory();
            long before = residentKib();
            List<HostileReport.Row> rows = attack(table, target);
            System.gc();
            long after = residentKib();

            report(vips, before, after).rows(rows).paragraph(ELSEWHERE).write();
            SoftAssertions.assertSoftly(softly -> {
                rows.forEach(row -> {
                    softly.assertThat(row.right())
                            .as("%s: %s", row.input().name(), row.seen())
                            .isTrue();
                    softly.assertThat(row.seen().cpuMillis())
                            .as("CPU ms of: " + row.input().name())
                            .isLessThan(MOST_MILLIS);
                });
                softly.assertThat(vips.memory()).as("bytes that libvips holds").isLessThanOrEqualTo(libraryBefore);
                softly.assertThat(after - before).as("growth, KiB").isLessThan(MOST_GROWTH_KIB);
                softly.assertThat(leftBehind()).as("temporary files").isZero();
            });
            assertThat(Service.upload(Service.photo("night.jpg"))).isNotNull();
        }
    }

    private static List<HostileInput> everyFourth(List<HostileInput> table) {
        return IntStream.range(0, table.size())
                .filter(i -> i % 4 == 0)
                .mapToObj(table::get)
                .toList();
    }

    private static List<HostileReport.Row> attack(List<HostileInput> table, Target target) throws Exception {
        List<HostileReport.Row> rows = new ArrayList<>();
        for (HostileInput input : table) {
            input.attack().on(target);
            rows.add(new HostileReport.Row(input, target.seen()));
        }
        return rows;
    }

    private static HostileReport report(Vips vips, long before, long after) {
        return new HostileReport("""
                # Hostile input: what image-worker answers

                Written by `HostileInputTest` with `-Dsluice.report=true`; every row runs in each build. `taken, then ..` means that \
                the upload was stored and what the first request for a 64-pixel WebP of it was answered. CPU is the whole process' \
                time for the costliest exchange of a row, upload and request together, the test's own HTTP client included.

                """)
                .paragraph("libvips %s. Resident memory of the process before the table %,d KiB, after it %,d KiB."
                        .formatted(vips.version(), before, after));
    }

    private long leftBehind() {
        try (var files = Files.list(data.resolve("tmp"))) {
            return files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
