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
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
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
    /** Of the service's threads for one exchange; the issue's own figure. */
    private static final long MOST_MILLIS = 100;

    /** On top for each MiB of an upload: it is received, hashed, written and read again, whatever is in it. */
    private static final long MILLIS_A_MIB = 6;

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
    private static final long MOST_HEAP_GROWTH = 24 << 20;
    private static final long MOST_BUFFER_GROWTH = 24 << 20;

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
        table.addAll(AvifFloods.all());
        table.addAll(new DamagedFiles(images).all());
        table.addAll(new HostileCalls(oid).all());
        table.addAll(HostileStore.all(data));
        String profile = Service.profile(oid);
        try (Target first = new Target(base, profile, 96);
                Target second = new Target(base, profile, 128);
                Target third = new Target(base, profile, 192);
                Target target = new Target(base, profile, 64)) {
            attack(everyFourth(table), List.of(first)); // so that what is compiled then is not slow for that
            long libraryBefore = vips.memory();
            long heapBefore = heap();
            long buffersBefore = buffers();
            long before = residentKib();
            List<HostileReport.Row> rows = attack(table, List.of(target, second, third));
            long heapAfter = heap();
            long after = residentKib();

            report(vips, before, after).rows(rows).paragraph(ELSEWHERE).write();
            SoftAssertions.assertSoftly(softly -> {
                rows.forEach(row -> {
                    softly.assertThat(row.right())
                            .as("%s: %s", row.input().name(), row.seen())
                            .isTrue();
                    softly.assertThat(row.seen().cpuMillis())
                            .as("CPU ms of: " + row.input().name())
                            .isLessThan(most(row.seen()));
                });
                softly.assertThat(vips.memory()).as("bytes that libvips holds").isLessThanOrEqualTo(libraryBefore);
                softly.assertThat(after - before).as("growth, KiB").isLessThan(MOST_GROWTH_KIB);
                softly.assertThat(heapAfter - heapBefore)
                        .as("growth of the heap")
                        .isLessThan(MOST_HEAP_GROWTH);
                softly.assertThat(buffers() - buffersBefore)
                        .as("growth of buffers outside of the heap")
                        .isLessThan(MOST_BUFFER_GROWTH);
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

    /** A row that takes too long is thrown at every target, each of which asks for another variant: the median counts. */
    private static List<HostileReport.Row> attack(List<HostileInput> table, List<Target> targets) throws Exception {
        List<HostileReport.Row> rows = new ArrayList<>();
        for (HostileInput input : table) {
            List<Target.Seen> seen = new ArrayList<>(List.of(seen(input, targets.getFirst())));
            if (seen.getFirst().cpuMillis() >= most(seen.getFirst())) {
                for (Target other : targets.subList(1, targets.size())) {
                    seen.add(seen(input, other));
                }
            }
            rows.add(new HostileReport.Row(input, Target.Seen.median(seen)));
        }
        return rows;
    }

    private static long most(Target.Seen seen) {
        return MOST_MILLIS + MILLIS_A_MIB * (seen.bytes() >> 20);
    }

    private static Target.Seen seen(HostileInput input, Target target) throws Exception {
        input.attack().on(target);
        return target.seen();
    }

    /** Bytes in use behind a collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes of buffers outside of the heap. */
    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static HostileReport report(Vips vips, long before, long after) {
        return new HostileReport("""
                # Hostile input: what image-worker answers

                Written by `HostileInputTest` with `-Dsluice.report=true`; every row runs in each build. `taken, then ..` means that \
                the upload was stored and what the first request for a 64-pixel WebP of it was answered. CPU is the time of \
                the service's threads for the costliest exchange of a row, upload and request together; a row above \
                100 ms, and 6 ms for each MiB of its upload, is \
                thrown three times, and the median counts.

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
