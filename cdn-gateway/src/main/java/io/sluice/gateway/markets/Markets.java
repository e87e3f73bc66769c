package io.sluice.gateway.markets;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.gateway.following.Followed;
import io.sluice.platform.database.Migrations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The markets that are in force now. */
@Singleton
@RegisterForReflection(targets = {MarketSet.class, Market.class, Policy.class})
public class Markets {
    private final Followed<MarketSet> followed;
    private final Migrations migrations;

    Markets(
            MarketStore store,
            Migrations migrations,
            Vertx vertx,
            ObjectMapper json,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.migrations = migrations;
        this.followed =
                new Followed<>(store::all, new MarketSet(List.of()), folder.resolve("markets.snapshot"), vertx, json);
    }

    /** The default one first. */
    public List<Market> all() {
        return followed.current().markets();
    }

    /** Calls {@code listener} when they have changed; it must not block. */
    public void onChange(Runnable listener) {
        followed.onChange(listener);
    }

    Uni<MarketSet> refresh() {
        return followed.refresh();
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        followed.start(migrations, MarketSet.class);
    }

    void stop(@Observes ShutdownEvent event) {
        followed.stop();
    }
}
