package io.sluice.optimizer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Settings of an optimizer under test: a key pair made for tests only, and everything quicker than in production. */
public final class Optimizer implements QuarkusTestResourceLifecycleManager {
    public static final String PUBLIC_KEY = "MCowBQYDK2VwAyEAYi2smL9prkNET01FhzSP3q8ezeluGx12HVFja4mLdaA=";
    private static final String PRIVATE_KEY = "MC4CAQAwBQYDK2VwBCIEIEriYOY0Hl9LU3jIBELZKWxtM4RyPeomo5DzMqgzF8KY";

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("sluice.optimizer.signing.kid", "test"),
                Map.entry("sluice.optimizer.signing.private-key", PRIVATE_KEY),
                Map.entry("sluice.optimizer.broadcast.heartbeat", "PT0.3S"),
                Map.entry("sluice.optimizer.broadcast.refresh", "PT0.3S"),
                Map.entry("sluice.optimizer.leadership.lease", "PT3S"),
                Map.entry("sluice.optimizer.leadership.renew", "PT0.5S"),
                Map.entry("sluice.optimizer.pacing.interval", "PT0.5S"),
                // Everything at once, but for the tests of steps.
                Map.entry("sluice.optimizer.rollout.steps", "1"),
                Map.entry("sluice.optimizer.workers.most", "60"),
                Map.entry("sluice.optimizer.contracts.edge-a.commit-price", "0.02"),
                Map.entry("sluice.optimizer.contracts.edge-a.overage-price", "0.04"),
                Map.entry("sluice.database.timeout", "PT1S"),
                Map.entry("quarkus.shutdown.delay", "PT0.01S"));
    }

    @Override
    public void stop() {
        // Nothing to release.
    }
}
