package io.sluice.gateway.vendors;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;

/** The four vendors for a gateway under test, with credentials for each; {@code @Stub} fields are set. */
public final class VendorStubs implements QuarkusTestResourceLifecycleManager {
    private final VendorStub stub = new VendorStub();

    /** Marks the field that is given the stub. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    public @interface Stub {}

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        config.put("sluice.gateway.vendors.cloudflare", stub.url() + "/cloudflare");
        config.put("sluice.gateway.vendors.cloudfront", stub.url());
        config.put("sluice.gateway.vendors.fastly", stub.url() + "/fastly");
        config.put("sluice.gateway.vendors.bunny", stub.url() + "/bunny");
        config.put("sluice.gateway.credentials.cf-main.token", VendorStub.CLOUDFLARE_TOKEN);
        config.put("sluice.gateway.credentials.cf-wrong.token", "wrong");
        config.put("sluice.gateway.credentials.fastly-main.token", VendorStub.FASTLY_KEY);
        config.put("sluice.gateway.credentials.bunny-main.token", VendorStub.BUNNY_KEY);
        config.put("sluice.gateway.credentials.edge.token", "edge-secret");
        config.put("sluice.gateway.credentials.aws-main.access-key-id", VendorStub.AWS_ID);
        config.put("sluice.gateway.credentials.aws-main.secret-access-key", VendorStub.AWS_SECRET);
        config.put("sluice.gateway.purge.backoff", "PT0.1S");
        config.put("sluice.gateway.purge.verify-after", "PT0.2S");
        config.put("sluice.gateway.purge.max-attempts", "3");
        config.put("sluice.gateway.purge.rights.service.collections", "photos");
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stub, new TestInjector.AnnotatedAndMatchesType(Stub.class, VendorStub.class));
    }

    @Override
    public void stop() {
        stub.close();
    }
}
