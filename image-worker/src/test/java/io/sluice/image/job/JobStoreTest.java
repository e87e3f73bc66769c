package io.sluice.image.job;

import static io.sluice.image.Service.metric;
import static io.sluice.image.Service.operator;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.image.Service;
import io.sluice.platform.database.Database;
import io.sluice.platform.database.Notifications;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(JobStoreTest.NobodyWorks.class)
class JobStoreTest {
    public static final class NobodyWorks implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.image.jobs.threads", "0");
        }
    }

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Inject
    @SuppressWarnings("NullAway.Init")
    JobStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    JobListStore list;

    @Inject
    @SuppressWarnings("NullAway.Init")
    JobHistoryStore history;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Notifications notifications;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Database database;

    @Inject
    @SuppressWarnings("NullAway.Init")
    InstantSource clock;

    @BeforeEach
    void ready() {
        Service.awaitReady();
        await(database.query("delete from image_job"));
    }

    @Test
    void gives_each_job_to_one_worker_and_takes_it_back_from_a_dead_one() {
        enqueue("/v/a/b", 7);
        long id = enqueue("/v/a/b", 7);
        JobClaim first = claim("dead/1", Duration.ofMillis(1)).orElseThrow();
        assertThat(first.id()).as("queued once").isEqualTo(id);
        assertThat(claim("other/1", LEASE)).isEmpty();

        JobClaim second = awaitClaim("alive/1", first.id());

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(await(store.heartbeat(first, "dead/1", LEASE))).isFalse();
        assertThat(await(store.end(first, "dead/1", Worked.Result.MADE))).isFalse();
        assertThat(await(store.heartbeat(second, "alive/1", LEASE))).isTrue();
        assertThat(await(store.end(second, "alive/1", Worked.Result.MADE))).isTrue();
        assertThat(await(list.find(id)).orElseThrow()).satisfies(job -> {
            assertThat(job.state()).isEqualTo("done");
            assertThat(job.result()).isEqualTo("made");
        });
    }

    @Test
    void takes_back_at_once_what_it_held_before_it_was_started_again() {
        long id = enqueue("/v/a/restart", 7);
        assertThat(claim("worker_1/before", LEASE)).isPresent();
        await(store.reap("workerx1", "workerx1/now"));
        assertThat(await(list.find(id)).orElseThrow().state())
                .as("another worker's")
                .isEqualTo("running");

        await(store.reap("worker_1", "worker_1/now"));

        assertThat(await(list.find(id)).orElseThrow().state()).isEqualTo("ready");
    }

    @Test
    void sets_a_job_aside_that_cannot_succeed() {
        long id = enqueue("/v/a/broken", 7);
        JobClaim job = claim("w/1", LEASE).orElseThrow();
        await(store.failed(job, "w/1", "damaged", true));
        assertThat(await(list.find(id)).orElseThrow().state()).isEqualTo("dead");
        assertThat(claim("w/1", LEASE)).isEmpty();
    }

    @Test
    void puts_a_job_back_that_a_throttle_holds_without_counting_an_attempt() {
        long id = enqueue("/v/a/throttled", 7);
        await(store.later(claim("w/1", LEASE).orElseThrow(), "w/1", 60));
        Job job = await(list.find(id)).orElseThrow();
        assertThat(job.state()).isEqualTo("ready");
        assertThat(job.attempt()).isZero();
        assertThat(claim("w/1", LEASE)).as("not before its time").isEmpty();
    }

    @Test
    void prefers_a_higher_priority_but_starves_none() {
        long last = enqueue("/v/a/last", 9);
        long first = enqueue("/v/a/first", 1);
        assertThat(claim("w/1", LEASE)).map(JobClaim::id).contains(first);
        backdate(last, Duration.ofMinutes(9));
        enqueue("/v/a/younger", 1);

        assertThat(claim("w/1", LEASE)).map(JobClaim::id).contains(last);
    }

    @Test
    void is_asked_for_again_with_a_higher_priority() {
        long id = enqueue("/v/a/later", 9);
        assertThat(enqueue("/v/a/later", 3)).isEqualTo(id);
        assertThat(await(list.find(id)).orElseThrow().priority()).isEqualTo(3);
    }

    @Test
    void rings_when_a_job_is_queued() {
        AtomicInteger rings = new AtomicInteger();
        notifications.listen(JobStore.CHANNEL, rings::incrementAndGet);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rings.get() == 1); // listens

        enqueue("/v/a/ring", 7);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rings.get() > 1);
    }

    @Test
    void drops_days_behind_the_history() {
        LocalDate longAgo = LocalDate.of(2020, 2, 1);
        await(history.tend(longAgo));
        assertThat(partitions()).contains("image_job_history_2020_02_01");

        await(history.tend(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));

        assertThat(partitions()).isNotEmpty().noneMatch(name -> name.contains("2020"));
    }

    @Test
    void can_be_looked_at_cancelled_and_retried() {
        String oid = "ab".repeat(32);
        String path = "/v/a/" + oid + "/x.webp";
        int id = Math.toIntExact(await(store.enqueue(new NewJob("encode", oid, List.of(path), 5))));
        await(store.failed(claim("w/1", LEASE).orElseThrow(), "w/1", "damaged", true));

        viewer().get("/api/v1/jobs?state=dead&oid=" + oid)
                .then()
                .body("items.id", contains(id))
                .body("items[0].error", is("damaged"));
        viewer().get("/api/v1/jobs/summary").then().body("dead", greaterThan(0));
        operator().post("/api/v1/jobs/" + id + "/retry").then().statusCode(200).body("state", is("ready"));
        operator().post("/api/v1/jobs/" + id + "/retry").then().statusCode(409);
        operator().post("/api/v1/jobs/" + id + "/cancel").then().statusCode(200).body("state", is("cancelled"));
        operator().post("/api/v1/jobs/" + id + "/cancel").then().statusCode(200);
        viewer().get("/api/v1/jobs/" + id).then().body("result", is("cancelled"));
        operator().post("/api/v1/jobs/99999999/cancel").then().statusCode(404);
        assertThat(claim("w/1", LEASE)).isEmpty();
    }

    @Test
    void lists_by_pages() {
        String oid = "cd".repeat(32);
        for (int i = 0; i < 3; i++) {
            await(store.enqueue(new NewJob("encode", oid, List.of("/v/a/page" + i), 9)));
        }
        String next = viewer().get("/api/v1/jobs?limit=2&oid=" + oid)
                .then()
                .body("items.size()", is(2))
                .extract()
                .path("next");
        viewer().get("/api/v1/jobs?limit=2&oid=" + oid + "&cursor=" + next)
                .then()
                .body("items.size()", is(1))
                .body("items[0].addresses", contains("/v/a/page0"))
                .body("next", nullValue());
        viewer().get("/api/v1/jobs?state=lost").then().statusCode(400);
    }

    @Test
    void says_how_long_jobs_waited_and_how_many_began_in_time() {
        backdate(enqueue("/v/a/waited", 2), Duration.ofMinutes(2));
        assertThat(claim("w/1", LEASE)).isPresent();

        viewer().get("/api/v1/jobs/summary")
                .then()
                .body("startedInTime", lessThan(1f))
                .body("priorities.find { it.priority == 2 }.waited.p50", greaterThan(119f));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metric("sluice_image_job_wait_window_seconds{quantile=\"0.99\"}"))
                        .isGreaterThan(1));
    }

    private long enqueue(String path, int priority) {
        return await(store.enqueue(new NewJob("encode", "00".repeat(32), List.of(path), priority)));
    }

    private void backdate(long id, Duration by) {
        await(database.query(
                "update image_job set queued_at = queued_at - $2::bigint * interval '1 second',"
                        + " rank_at = rank_at - $2::bigint * interval '1 second' where id = $1",
                Tuple.of(id, by.toSeconds())));
    }

    private List<String> partitions() {
        List<String> names = new ArrayList<>();
        await(database.query(
                        "select relname from pg_class where relname ~ '^image_job_history_[0-9_]+$' and relkind = 'r'"))
                .forEach(row -> names.add(row.getString(0)));
        return names;
    }

    private JobClaim awaitClaim(String owner, long id) {
        AtomicReference<JobClaim> claimed = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            claim(owner, LEASE).ifPresent(claimed::set);
            return claimed.get() != null && claimed.get().id() == id;
        });
        return claimed.get();
    }

    private Optional<JobClaim> claim(String owner, Duration lease) {
        return await(store.claim(owner, lease));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
