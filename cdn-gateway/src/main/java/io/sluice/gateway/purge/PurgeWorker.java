package io.sluice.gateway.purge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.jobs.Lanes;
import io.sluice.gateway.vendors.PurgeCall;
import io.sluice.platform.clock.NanoClock;
import io.sluice.platform.database.Migrations;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Works off purges: no call before its vendor's bucket has a token. */
@Singleton
class PurgeWorker {
    private final Lanes<PurgeCall> lanes;
    private final PurgeStore store;
    private final PurgeConfig config;

    PurgeWorker(
            PurgeStore store,
            PurgeSteps steps,
            CdnDirectory directory,
            PurgeConfig config,
            Migrations migrations,
            NanoClock nanos,
            Vertx vertx) {
        this.lanes = new Lanes<>(store.queue(), steps, config.lease(), directory, migrations, nanos, vertx);
        this.store = store;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        lanes.start(() -> store.queue().tidy(config.keep()));
    }

    void stop(@Observes ShutdownEvent event) {
        lanes.stop();
    }

    /** Looks for work now. */
    void wake() {
        lanes.wake();
    }
}
