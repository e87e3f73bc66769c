package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged optimizer, twice, on one real PostgreSQL; with the packaged image-worker as its receiver. */
class OptimizerPairTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** A renewal's interval, and what a busy machine adds. */
    private static final Duration NOISE = Duration.ofSeconds(10);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    private final KeyPair keys = keys();

    @BeforeEach
    void database() {
        postgres = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                folder.resolve("pg"),
                FreePorts.next(),
                "test",
                EmbeddedPostgres.defaultCache(),
                Map.of("fsync", "off"))); // only services are killed
        postgres.database("sluice");
        postgres.schema("sluice", "optimizer", "optimizer");
        postgres.schema("sluice", "images", "images");
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void one_of_two_writes_and_the_other_takes_over_when_it_dies_or_hangs() throws Exception {
        try (OptimizerProcess first = new OptimizerProcess(postgres, keys, folder.resolve("first.log"));
                OptimizerProcess second = new OptimizerProcess(postgres, keys, folder.resolve("second.log"))) {
            first.start();
            await().atMost(SOON).until(first::leads);
            second.start();
            await().atMost(SOON).until(() -> second.epoch() == first.epoch());
            try (Watch watch = new Watch(first, second)) {
                long epoch = first.epoch();
                // What a follower is told, the leader acts on.
                assertThat(second.pin(1, true)).isPresent();
                await().atMost(SOON).until(() -> first.egress() == 1 && second.egress() == 1);

                first.kill();
                long killed = System.nanoTime();
                await().atMost(LEASE.plus(NOISE))
                        .pollInterval(Duration.ofMillis(100))
                        .until(second::leads);
                System.out.printf("took over %.1f s after the kill%n", (System.nanoTime() - killed) / 1e9);
                assertThat(second.epoch()).isEqualTo(epoch + 1);
                assertThat(second.egress()).isEqualTo(1);
                assertThat(second.pin(2, true)).isPresent();
                await().atMost(SOON).until(() -> second.egress() == 2);

                first.start();
                await().atMost(SOON).until(() -> first.epoch() == epoch + 1);
                second.signal("STOP");
                try {
                    await().atMost(LEASE.plus(NOISE)).until(first::leads);
                    assertThat(first.pin(3, true)).isPresent();
                    await().atMost(SOON).until(() -> first.egress() == 3);
                } finally {
                    second.signal("CONT");
                }
                // It wakes up, and whatever it had begun to write in its old epoch is refused.
                second.pin(0.5, true);
                await().atMost(SOON).until(() -> second.epoch() == epoch + 2 && !second.leads());
                assertThat(first.leads()).isTrue();
                await().atMost(SOON).until(() -> second.egress() == first.egress());
                assertThat(watch.bothLed()).isZero();
            }
            assertThat(number("""
                    select count(*) from (
                        select epoch, lag(epoch) over (partition by scope order by generation) as before
                        from optimizer.directive) as issued
                    where epoch < before""")).isZero();
        }
    }

    @Test
    void a_worker_that_rejects_stops_the_rollout_and_gets_the_old_content_as_a_new_generation() throws Exception {
        try (OptimizerProcess optimizer = new OptimizerProcess(postgres, keys, folder.resolve("optimizer.log"));
                ImageProcess worker = new ImageProcess(
                        postgres, receiver(optimizer), folder.resolve("images"), folder.resolve("worker.log"))) {
            optimizer.start();
            await().atMost(SOON).until(optimizer::leads);
            worker.start();
            await().atMost(SOON).until(() -> held(worker) > 0);
            long lost = optimizer.pin(2, true).orElseThrow().path("generation").asLong();
            await().atMost(SOON).until(() -> held(worker) == lost);

            // PostgreSQL comes back from a backup that is older than what the worker holds.
            optimizer.kill();
            change("delete from optimizer.override");
            change("delete from optimizer.receipt where generation >= " + lost);
            change("delete from optimizer.directive where generation >= " + lost);
            change("update optimizer.leadership set epoch = epoch - 1, until = now()");
            optimizer.start();
            await().atMost(SOON).until(optimizer::leads);
            long again =
                    optimizer.pin(1, false).orElseThrow().path("generation").asLong();
            assertThat(again).isEqualTo(lost);

            await().atMost(SOON)
                    .until(() -> steps(optimizer, again).path("state").asText().equals("ROLLED_BACK"));
            assertThat(steps(optimizer, again).path("why").asText())
                    .contains("image-worker-0 rejected generation " + again)
                    .contains("split brain");
            await().atMost(SOON).until(() -> optimizer.egress() == 0);
            await().atMost(SOON).until(() -> held(worker) > again);
            assertThat(worker.json("/api/v1/directive")
                            .orElseThrow()
                            .path("items")
                            .path(0)
                            .path("normal")
                            .asBoolean())
                    .isTrue();
        }
    }

    private Map<String, String> receiver(OptimizerProcess optimizer) {
        return Map.of(
                "sluice.neighbours.optimizer-service.url", optimizer.url(),
                "sluice.neighbours.optimizer-service.token", OptimizerProcess.TOKEN,
                "sluice.directives.keys.d1",
                        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    }

    private static JsonNode steps(OptimizerProcess optimizer, long generation) {
        return optimizer
                .get("/api/v1/rollouts/global/" + generation)
                .orElseThrow()
                .path("steps");
    }

    private static long held(ImageProcess worker) {
        return worker.json("/api/v1/directive")
                .map(held -> held.path("items").path(0).path("generation").asLong())
                .orElse(0L);
    }

    private long number(String sql) throws SQLException {
        try (var connection = postgres.connect("sluice");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = postgres.connect("sluice");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks both, again and again, whether they lead. */
    private static final class Watch implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger both = new AtomicInteger();
        private final Thread thread;

        Watch(OptimizerProcess first, OptimizerProcess second) {
            thread = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    // One that has just been asked may lose it before the other is: so the first is asked again.
                    if (first.leads() && second.leads() && first.leads()) {
                        both.incrementAndGet();
                    }
                    LockSupport.parkNanos(50_000_000);
                }
            });
        }

        int bothLed() {
            return both.get();
        }

        @Override
        public void close() {
            stop.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
