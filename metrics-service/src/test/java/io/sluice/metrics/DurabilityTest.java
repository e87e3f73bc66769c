package io.sluice.metrics;

import static io.restassured.RestAssured.given;
import static io.sluice.metrics.MetricsApi.service;
import static io.sluice.metrics.MetricsApi.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.eventloop.BlockedThreads;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing accepted is lost, nothing is counted twice, and no event loop is blocked meanwhile. */
@QuarkusTest
@TestProfile(DurabilityTest.ShortTimes.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
class DurabilityTest {
    private static final int SENDERS = 4;

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    public static final class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.database.timeout", "PT2S",
                    "quarkus.vertx.max-event-loop-execute-time", "500MS",
                    "quarkus.vertx.blocked-thread-check-interval", "100MS");
        }
    }

    @BeforeEach
    void ready() {
        MetricsApi.awaitReady();
    }

    @Test
    void has_every_batch_exactly_once_after_postgresql_was_away() throws Exception {
        assertThat(sendSamples("warm", 0)).isEqualTo(202);
        AtomicBoolean refused = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        List<Callable<Integer>> senders = IntStream.range(0, SENDERS)
                .<Callable<Integer>>mapToObj(sender -> () -> send(sender, refused, sent))
                .toList();
        int batches = 0;
        try (var pool = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<Integer>> running = senders.stream().map(pool::submit).toList();
            await().until(() -> sent.get() > 20);
            postgres.stop();
            await().atMost(Duration.ofSeconds(20)).until(refused::get);
            postgres.restart();
            for (Future<Integer> one : running) {
                batches += one.get();
            }
        }
        assertThat(sum()).isEqualTo(batches * 3L);
        assertThat(viewer().get("/api/v1/cdn/usage?cdn=durable").jsonPath().getLong("items[0].requests"))
                .isEqualTo(batches * 2L);
    }

    @Test
    void blocks_no_event_loop_under_load() throws Exception {
        for (int i = 0; i < 50; i++) {
            sendSamples("warmup", i);
            sendLog("warmup", i);
            viewer().get("/api/v1/metrics/warmup.total/series").then().statusCode(200);
            viewer().get("/api/v1/cdn/usage").then().statusCode(200);
        }
        String big = IntStream.range(0, 2_000)
                .mapToObj(i ->
                        "{\"name\":\"big\",\"kind\":\"histogram\",\"unit\":\"s\",\"value\":0.%d,\"labels\":{\"l\":\"%d\"}}"
                                .formatted(i + 1, i % 100))
                .collect(java.util.stream.Collectors.joining(",", "{\"source\":\"big\",\"samples\":[", "]}"));
        String log = EdgeLog.lines(2_000, "big", Instant.now(), 200, 1, "HIT");
        try (BlockedThreads blocked = new BlockedThreads();
                var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> calls = IntStream.range(0, 32)
                    .<Callable<Integer>>mapToObj(i -> () -> i % 2 == 0
                            ? service().body(big).post("/api/v1/samples").statusCode()
                            : service()
                                    .header("Idempotency-Key", "big-" + i)
                                    .body(log)
                                    .post("/api/v1/cdn/logs")
                                    .statusCode())
                    .toList();
            for (Future<Integer> call : pool.invokeAll(calls)) {
                assertThat(call.get()).isIn(200, 202);
            }
            blocked.assertNone();
        }
    }

    /** Sends 40 batches of each kind, each until it is accepted, and each accepted one once more. */
    private static int send(int sender, AtomicBoolean refused, AtomicInteger sent) throws InterruptedException {
        int from = sender * 1000;
        for (int i = from; i < from + 40; i++) {
            int batch = i;
            untilAccepted(refused, () -> sendSamples("durable", batch));
            untilAccepted(refused, () -> sendLog("durable", batch));
            untilAccepted(refused, () -> sendSamples("durable", batch));
            sent.incrementAndGet();
        }
        return 40;
    }

    private static void untilAccepted(AtomicBoolean refused, java.util.function.IntSupplier call) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    int status = call.getAsInt();
                    if (status == 503) {
                        refused.set(true);
                    }
                    return status < 300;
                });
    }

    private static int sendSamples(String source, int batch) {
        return service()
                .body("""
                        {"source":"%s","batchId":"%d","samples":[
                         {"name":"%s.total","kind":"counter","value":1},{"name":"%s.total","kind":"counter","value":2}]}""".formatted(source, batch, source, source))
                .post("/api/v1/samples")
                .statusCode();
    }

    private static int sendLog(String cdn, int batch) {
        return service()
                .header("Idempotency-Key", cdn + batch)
                .body(EdgeLog.lines(2, cdn, Instant.now(), 200, 10, "HIT"))
                .post("/api/v1/cdn/logs")
                .statusCode();
    }

    private static long sum() {
        return (long) given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                .get("/api/v1/metrics/durable.total/series")
                .jsonPath()
                .getDouble("series[0].points.sum.sum()");
    }
}
