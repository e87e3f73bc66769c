package io.sluice.optimizer;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every neighbour of the optimizer as one server, told apart by the first segment of the path. */
public final class Neighbourhood implements QuarkusTestResourceLifecycleManager {
    private @Nullable WireMockServer server;

    /** Marks a field that is given the server. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    public @interface InjectNeighbours {}

    @Override
    public Map<String, String> start() {
        WireMockServer started =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        started.start();
        server = started;
        Map<String, String> config = new HashMap<>();
        for (String name : List.of("lfs-tracker", "metrics-service", "alerting-service")) {
            config.put("sluice.neighbours." + name + ".url", started.baseUrl() + '/' + name);
            config.put("sluice.neighbours." + name + ".token", "token");
        }
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                server, new TestInjector.AnnotatedAndMatchesType(InjectNeighbours.class, WireMockServer.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
        }
    }
}
