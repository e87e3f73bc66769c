package io.sluice.gateway.pricing;

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
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The contracts that are in force now. */
@Singleton
@RegisterForReflection(
        targets = {
            ContractSet.class,
            Contract.class,
            Contract.Tier.class,
            Contract.Commit.class,
            Contract.PercentileCommit.class
        })
public class Contracts {
    private final Followed<ContractSet> followed;
    private final Migrations migrations;

    Contracts(
            ContractStore store,
            Migrations migrations,
            Vertx vertx,
            ObjectMapper json,
            @ConfigProperty(name = "sluice.data.dir") Path folder) {
        this.migrations = migrations;
        this.followed = new Followed<>(
                store::all, new ContractSet(Map.of()), folder.resolve("contracts.snapshot"), vertx, json);
    }

    /** By the name of the CDN. */
    public Map<String, Contract> byCdn() {
        return followed.current().byCdn();
    }

    Uni<ContractSet> refresh() {
        return followed.refresh();
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        followed.start(migrations, ContractSet.class);
    }

    void stop(@Observes ShutdownEvent event) {
        followed.stop();
    }
}
