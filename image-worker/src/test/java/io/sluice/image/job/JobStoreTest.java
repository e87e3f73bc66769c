package io.sluice.image.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.image.Service;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Inject
    @SuppressWarnings("NullAway.Init")
    JobStore store;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void gives_each_job_to_one_worker_and_takes_it_back_from_a_dead_one() {
        store.enqueue("/v/a/b").await().atMost(WAIT);
        store.enqueue("/v/a/b").await().atMost(WAIT);
        EncodeJob first = claim("dead", Duration.ofMillis(1)).orElseThrow();
        assertThat(claim("other", LEASE)).isEmpty();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            store.reap().await().atMost(WAIT);
            Optional<EncodeJob> second = claim("alive", LEASE);
            assertThat(second).map(EncodeJob::attempt).contains(2);
        });

        assertThat(store.heartbeat(first, "dead", LEASE).await().atMost(WAIT)).isFalse();
        assertThat(store.done(first, "dead").await().atMost(WAIT)).isFalse();
        EncodeJob second = new EncodeJob(first.id(), first.address(), 2);
        assertThat(store.heartbeat(second, "alive", LEASE).await().atMost(WAIT)).isTrue();
        assertThat(store.done(second, "alive").await().atMost(WAIT)).isTrue();
        assertThat(store.count().await().atMost(WAIT)).doesNotContainKeys("ready", "running");
    }

    @Test
    void sets_a_job_aside_that_cannot_succeed() {
        store.enqueue("/v/a/broken").await().atMost(WAIT);
        EncodeJob job = claim("w", LEASE).orElseThrow();
        store.failed(job, "w", "damaged", true).await().atMost(WAIT);
        assertThat(store.count().await().atMost(WAIT)).containsEntry("dead", 1L);
        assertThat(claim("w", LEASE)).isEmpty();
    }

    private Optional<EncodeJob> claim(String owner, Duration lease) {
        return store.claim(owner, lease).await().atMost(WAIT);
    }
}
