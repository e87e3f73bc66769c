package io.sluice.metrics.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.metrics.MetricsApi;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@SuppressWarnings("NullAway.Init")
class PartitionsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Partitions partitions;

    @Inject
    PartitionStore store;

    @BeforeEach
    void ready() {
        MetricsApi.awaitReady();
    }

    @Test
    void drops_every_partition_that_has_outlived_its_use_and_no_other() {
        Instant past = Instant.parse("2021-03-04T00:00:00Z");
        List<Instant> days = List.of(
                past, past.plus(Duration.ofDays(1)), past.plus(Duration.ofDays(2)), past.plus(Duration.ofDays(3)));
        partitions.ensure(TimeTable.ROLLUP_1M, days).await().atMost(SOON);

        Instant horizon = past.plus(Duration.ofDays(3)).plusSeconds(1);
        assertThat(store.dropBefore(TimeTable.ROLLUP_1M, horizon).await().atMost(SOON))
                .containsExactly("rollup_1m_p2021030400", "rollup_1m_p2021030500", "rollup_1m_p2021030600");
        assertThat(store.dropBefore(TimeTable.ROLLUP_1M, horizon).await().atMost(SOON))
                .isEmpty();
        assertThat(store.dropBefore(TimeTable.ROLLUP_1M, horizon.plus(Duration.ofDays(1)))
                        .await()
                        .atMost(SOON))
                .containsExactly("rollup_1m_p2021030700");
    }
}
