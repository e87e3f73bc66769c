package io.sluice.image.sources;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.image.CatalogueHello;
import io.sluice.contracts.image.Source;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.DatabaseUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * The feed of changes for one follower at a time: greeting, everything behind its position, then what comes, with a sign of
 * life when nothing does. Pulled by the follower, so a slow one costs no memory. It goes on when PostgreSQL comes back.
 */
@ApplicationScoped
@RegisterForReflection(targets = CatalogueHello.class)
class SourceFeed {
    static final int HEARTBEAT_SECONDS = 10;

    private static final int PAGE = 200;
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final SourceStore store;
    private final EncoderProfile profile;
    private final NanoClock clock;

    SourceFeed(SourceStore store, EncoderProfile profile, NanoClock clock) {
        this.store = store;
        this.profile = profile;
        this.clock = clock;
    }

    /** One thing that a follower is told. */
    sealed interface Told {
        record Hello(CatalogueHello hello) implements Told {}

        record Change(Source source) implements Told {}

        record Alive() implements Told {}
    }

    /** Follows behind {@code after}; ends at once when PostgreSQL goes away before the greeting, and is to be asked again. */
    Multi<Told> follow(long after) {
        return store.newest()
                .map(newest -> new Told.Hello(new CatalogueHello(List.of(profile.id()), newest, HEARTBEAT_SECONDS)))
                .onItem()
                .<Told>transformToMulti(hello -> Multi.createBy()
                        .concatenating()
                        .streams(Multi.createFrom().item((Told) hello), changes(after)))
                .onFailure(DatabaseUnavailable.class)
                .recoverWithCompletion();
    }

    private Multi<Told> changes(long after) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Position(after, clock.nanos()), this::next)
                .indefinitely()
                .onItem()
                .transformToMultiAndConcatenate(batch -> Multi.createFrom().iterable(batch));
    }

    private Uni<List<Told>> next(Position position) {
        return store.changes(position.seq, PAGE)
                .onFailure()
                .recoverWithItem(List.of())
                .map(changes -> position.told(changes, clock.nanos()))
                .chain(told -> told.isEmpty()
                        ? Uni.createFrom().item(told).onItem().delayIt().by(PAUSE)
                        : Uni.createFrom().item(told));
    }

    /** Where one follower is. */
    private static final class Position {
        private long seq;
        private long spokenNanos;

        Position(long seq, long nowNanos) {
            this.seq = seq;
            this.spokenNanos = nowNanos;
        }

        List<Told> told(List<Source> changes, long nowNanos) {
            if (!changes.isEmpty()) {
                seq = changes.getLast().seq();
                spokenNanos = nowNanos;
                return changes.stream().<Told>map(Told.Change::new).toList();
            }
            if (nowNanos - spokenNanos >= HEARTBEAT_SECONDS * 1_000_000_000L) {
                spokenNanos = nowNanos;
                return List.of(new Told.Alive());
            }
            return List.of();
        }
    }
}
