package io.sluice.gateway.warming;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.jobs.AllowanceStore;
import io.sluice.gateway.jobs.Lanes;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.Migrations;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Works off warmings. */
@Singleton
class WarmingWorker {
    private final Lanes<WarmingFetch> lanes;
    private final WarmingStore store;
    private final AllowanceStore allowances;
    private final WarmingConfig config;

    WarmingWorker(
            WarmingStore store,
            WarmingSteps steps,
            AllowanceStore allowances,
            CdnDirectory directory,
            WarmingConfig config,
            Migrations migrations,
            NanoClock nanos,
            Vertx vertx) {
        this.lanes = new Lanes<>(store.queue(), steps, config.lease(), directory, migrations, nanos, vertx);
        this.store = store;
        this.allowances = allowances;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        lanes.start(() -> store.queue().tidy(config.keep()).chain(() -> allowances.forget(WarmingSteps.BUCKETS)));
    }

    void stop(@Observes ShutdownEvent event) {
        lanes.stop();
    }

    /** Looks for work now. */
    void wake() {
        lanes.wake();
    }
}
