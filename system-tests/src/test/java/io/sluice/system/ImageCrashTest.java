package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} again and again while images are uploaded, sets are made and directives change. What was accepted is there;
 * an address has one answer for ever, and never half of it; what a kill left behind is collected.
 */
class ImageCrashTest {
    private static final int ROUNDS = Boolean.getBoolean("sluice.test.long") ? 200 : 3;
    private static final Duration LONGEST_LIFE = Duration.ofMillis(900);

    private final long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final AtomicInteger pictures = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> promised = ConcurrentHashMap.newKeySet();
    private final Map<String, String> served = new ConcurrentHashMap<>();
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everything_accepted_is_there_once_and_whole_whenever_the_process_is_killed(@TempDir Path folder)
            throws Exception {
        System.out.println("seed of the crash test (-Dsluice.test.seed): " + seed);
        Path data = folder.resolve("images");
        try (EmbeddedPostgres postgres = postgres(folder);
                DirectiveSource directives = new DirectiveSource();
                ImageProcess service =
                        new ImageProcess(postgres, directives, data, folder.resolve("image-worker.log"))) {
            for (int round = 0; round < ROUNDS; round++) {
                service.start();
                live(service, directives);
                System.out.println("kill " + (round + 1) + ": " + accepted.size() + " images accepted, "
                        + promised.size() + " addresses promised, " + served.size() + " served so far");
                wholeFiles(data);
                assertThat(broken).isEmpty();
            }
            service.start();
            directives.change(false);
            everythingAcceptedIsThere(service);
            everythingPromisedIsMade(service, postgres);
            leavesNothingBehind(service, data);
        }
    }

    /** Until it is killed: two clients upload, ask for sets and look at them, while a directive comes and goes. */
    private void live(ImageProcess service, DirectiveSource directives) throws InterruptedException {
        AtomicBoolean alive = new AtomicBoolean(true);
        int before = accepted.size();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < 2; client++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (alive.get()) {
                    useOnce(service);
                }
            }));
        }
        threads.add(Thread.ofVirtual().start(() -> {
            for (boolean capped = true; alive.get(); capped = !capped) {
                directives.change(capped);
                LockSupport.parkNanos(100_000_000);
            }
        }));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> accepted.size() > before);
        LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos()));
        service.kill();
        alive.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void useOnce(ImageProcess service) {
        byte[] picture = picture(pictures.incrementAndGet());
        service.upload(picture).ifPresent(oid -> {
            if (!oid.equals(ImageProcess.sha256(picture))) {
                broken.add(oid + " is not what was uploaded");
            }
            accepted.add(oid);
            service.set(oid).ifPresent(urls -> {
                promised.addAll(urls);
                urls.forEach(url -> service.get(url).ifPresent(answer -> look(url, answer)));
            });
        });
    }

    private void look(String url, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return; // AVIF that is not made yet, a directive's cap, or the service is stopping
        }
        String sha256 = ImageProcess.sha256(answer.body());
        if (!answer.headers().firstValue("ETag").orElse("").equals("\"" + sha256 + "\"")) {
            broken.add("half of " + url);
        }
        String before = served.putIfAbsent(url, sha256);
        if (before != null && !before.equals(sha256)) {
            broken.add("two answers of " + url);
        }
    }

    private void everythingAcceptedIsThere(ImageProcess service) {
        for (String oid : accepted) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.json("/api/v1/images/" + oid).isPresent());
        }
    }

    /** A job that was begun as often as it may be, and killed each time, is set aside; a person would begin it anew, too. */
    private void everythingPromisedIsMade(ImageProcess service, EmbeddedPostgres postgres) throws SQLException {
        service.json("/api/v1/jobs?state=dead&limit=1000")
                .orElseThrow()
                .get("items")
                .forEach(job -> service.post("/api/v1/jobs/" + job.get("id").asText() + "/retry", ""));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> service.json("/api/v1/jobs/summary")
                        .filter(summary -> summary.get("ready").asInt()
                                        + summary.get("running").asInt()
                                == 0)
                        .isPresent());
        for (String url : promised) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.get(url)
                            .filter(answer -> {
                                look(url, answer);
                                return answer.statusCode() == 200
                                        || answer.headers()
                                                .firstValue("Sluice-Outcome")
                                                .orElse("")
                                                .equals("original");
                            })
                            .isPresent());
        }
        assertThat(broken).isEmpty();
        assertThat(jobsThatEndedTwice(postgres)).isZero();
    }

    private static void leavesNothingBehind(ImageProcess service, Path data) throws IOException {
        service.sweep();
        Set<String> named = files(data.resolve("index"))
                .map(ImageCrashTest::text)
                .filter(text -> text.startsWith("stored "))
                .map(text -> text.split(" ")[1])
                .collect(Collectors.toSet());
        assertThat(files(data.resolve("variants"))
                        .map(file -> file.getFileName().toString()))
                .as("bytes in the store and bytes in the index")
                .containsExactlyInAnyOrderElementsOf(named);
        wholeFiles(data);
        service.kill();
        Instant longAgo = Instant.EPOCH;
        for (Path left : files(data.resolve("tmp")).toList()) {
            Files.setLastModifiedTime(left, FileTime.from(longAgo));
        }
        service.start();
        assertThat(files(data.resolve("tmp"))).isEmpty();
    }

    /** Every file whose name is its SHA-256 has the bytes for it, whenever one looks. */
    private static void wholeFiles(Path data) throws IOException {
        for (String kind : List.of("originals", "variants")) {
            for (Path file : files(data.resolve(kind)).toList()) {
                assertThat(ImageProcess.sha256(Files.readAllBytes(file)))
                        .isEqualTo(file.getFileName().toString());
            }
        }
        assertThat(files(data.resolve("index")).map(ImageCrashTest::text))
                .allMatch(text -> text.matches("(stored [0-9a-f]{64} \\d+( \\d+)?|original [a-z]+)\n"));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int jobsThatEndedTwice(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("sluice");
                Statement statement = connection.createStatement();
                ResultSet twice = statement.executeQuery("select count(*) from (select id from images.image_job_history"
                        + " group by id having count(*) > 1) t")) {
            twice.next();
            return twice.getInt(1);
        }
    }

    /** Small, of its own, and not so even that a variant would be no gain. */
    private static byte[] picture(int number) {
        SplittableRandom noise = new SplittableRandom(number);
        BufferedImage picture = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200 * 150; i++) {
            picture.setRGB(i % 200, i / 200, noise.nextInt());
        }
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres postgres(Path folder) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                folder.resolve("data"),
                FreePorts.next(),
                "test",
                EmbeddedPostgres.defaultCache(),
                Map.of("fsync", "off"))); // only the service is killed
        postgres.database("sluice");
        postgres.schema("sluice", "images", "images");
        return postgres;
    }
}
