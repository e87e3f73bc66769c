package io.sluice.image.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class ImportStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    @SuppressWarnings("NullAway.Init")
    ImportStore store;

    @BeforeEach
    void ready() {
        Service.awaitReady();
    }

    @Test
    void is_taken_up_where_a_dead_worker_left_it_whose_notes_count_no_more() {
        FolderImport added = now(store.add(null, new ImportRequest("elsewhere", null, "store", null, false, null)));
        FolderImport first = now(store.claim("first", Duration.ZERO, List.of("elsewhere"), false))
                .orElseThrow();
        assertThat(first.id()).isEqualTo(added.id());
        now(store.note(first.id(), "first", Duration.ZERO, "a.jpg", new FileOutcome.Imported(7)));

        FolderImport second =
                now(store.claim("second", LEASE, List.of("elsewhere"), false)).orElseThrow();

        assertThat(second.position()).isEqualTo("a.jpg");
        assertThat(second.bytes()).isEqualTo(7);
        assertThat(now(store.note(first.id(), "first", LEASE, "b.jpg", new FileOutcome.Unchanged())))
                .isFalse();
        assertThat(now(store.claim("third", LEASE, List.of("elsewhere"), false)))
                .isEmpty();
        assertThat(now(store.claim("third", LEASE, List.of("another root"), false)))
                .isEmpty();
        now(store.hold(second.id(), "second", "disk full"));
        assertThat(now(store.find(second.id())).orElseThrow().error()).isEqualTo("disk full");
    }

    @Test
    void takes_no_more_notes_when_it_was_called_off() {
        now(store.add(null, new ImportRequest("another", "a/", "store", List.of("tag"), true, null)));
        FolderImport claimed =
                now(store.claim("one", LEASE, List.of("another"), false)).orElseThrow();

        now(store.cancel(claimed.id()));

        assertThat(now(store.note(claimed.id(), "one", LEASE, "a/b", new FileOutcome.Refused("x", "y"))))
                .isFalse();
        now(store.end(claimed.id(), "one", FolderImport.State.DONE, null));
        FolderImport after = now(store.find(claimed.id())).orElseThrow();
        assertThat(after.state()).isEqualTo(FolderImport.State.CANCELLED);
        assertThat(after.finishedAt()).isNotNull();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
