package io.sluice.optimizer.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.optimizer.Calls;
import io.sluice.optimizer.Optimizer;
import io.sluice.platform.database.Database;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.EmbeddedPostgres;
import io.sluice.testkit.postgres.InjectPostgres;
import io.sluice.testkit.postgres.PostgresResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Optimizer.class)
class LeadershipTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @InjectPostgres
    @SuppressWarnings("NullAway.Init")
    EmbeddedPostgres postgres;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Leadership first;

    @Inject
    @SuppressWarnings("NullAway.Init")
    LeadershipStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Database database;

    @Test
    void of_two_optimizers_one_writes_and_the_other_takes_over_with_a_higher_epoch() throws SQLException {
        Calls.ready();
        Leadership second = new Leadership(store, config(), System::nanoTime);
        second.renew().await().atMost(SOON);
        assertThat(first.mine()).isPresent();
        assertThat(second.mine()).isEmpty();
        assertThat(second.certain()).map(Vouch::epoch).hasValue(first.epoch());

        Vouch before = first.mine().orElseThrow();
        try (var connection = postgres.connect("sluice");
                var statement = connection.createStatement()) {
            statement.execute("update service.leadership set until = now() - interval '1 second', holder = 'gone'");
        }
        await().atMost(SOON).until(() -> {
            second.renew().await().atMost(SOON);
            return first.epoch() > before.epoch() || second.epoch() > before.epoch();
        });
        await().atMost(SOON)
                .until(() -> first.mine().isPresent() != second.mine().isPresent());

        assertThatThrownBy(() -> database.inTransaction(connection -> LeadershipStore.fence(connection, before))
                        .await()
                        .atMost(SOON))
                .isInstanceOf(NotLeader.class);
        second.stop(new io.quarkus.runtime.ShutdownEvent());
        await().atMost(SOON).until(() -> first.mine().isPresent());
    }

    @Test
    void vouches_no_longer_than_its_lease_by_its_own_clock() {
        Calls.ready();
        AtomicLong clock = new AtomicLong(System.nanoTime());
        Leadership follower = new Leadership(store, config(), clock::get);
        assertThat(follower.certain()).isEmpty();
        follower.renew().await().atMost(SOON);
        assertThat(follower.certain()).isPresent();
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(follower.certain()).isEmpty();
    }

    private static LeadershipConfig config() {
        return new LeadershipConfig() {
            @Override
            public Duration lease() {
                return Duration.ofSeconds(3);
            }

            @Override
            public Duration renew() {
                return Duration.ofMillis(500);
            }
        };
    }
}
