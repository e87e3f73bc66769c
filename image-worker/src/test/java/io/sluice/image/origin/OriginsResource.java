package io.sluice.image.origin;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.lfs.LfsServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server by two names, {@code shop.test}, whose folder {@code /public} may be fetched although it is here, and
 * {@code outside.test}, which may not be in a private network; and a Git LFS server.
 */
public final class OriginsResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable WireMockServer origin;
    private @Nullable LfsServer lfs;

    /** Field of type {@link WireMockServer} or {@link LfsServer}. */
    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface InjectOrigin {}

    @Override
    public Map<String, String> start() {
        WireMockServer http = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        http.start();
        origin = http;
        LfsServer server = LfsServer.start();
        lfs = server;
        return Map.of(
                "sluice.image.sources.timeout",
                "PT3S",
                "sluice.image.sources.origins.shop.url",
                "http://shop.test:" + http.port() + "/public",
                "sluice.image.sources.origins.shop.allow-private",
                "true",
                "sluice.image.sources.origins.outside.url",
                "http://outside.test:" + http.port() + "/",
                "sluice.image.sources.lfs.repo.url",
                server.url().toString(),
                "sluice.image.sources.lfs.repo.username",
                LfsServer.USER,
                "sluice.image.sources.lfs.repo.password",
                LfsServer.PASSWORD);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                origin, new TestInjector.AnnotatedAndMatchesType(InjectOrigin.class, WireMockServer.class));
        injector.injectIntoFields(lfs, new TestInjector.AnnotatedAndMatchesType(InjectOrigin.class, LfsServer.class));
    }

    @Override
    public void stop() {
        if (origin != null) {
            origin.stop();
        }
        if (lfs != null) {
            lfs.close();
        }
    }
}
