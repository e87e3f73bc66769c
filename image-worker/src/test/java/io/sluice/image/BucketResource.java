package io.sluice.image;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.s3.S3Server;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service keeps its objects in a bucket of a real S3 server; where there is none, in files, and the test is told. */
public final class BucketResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable S3Server server;
    private String reason = "";

    /** Field of type {@link Bucket} of a test. */
    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface InjectBucket {}

    /**
     * What the test is told.
     *
     * @param server empty when there is none
     * @param reason why there is none
     */
    public record Bucket(Optional<S3Server> server, String reason) {}

    @Override
    public Map<String, String> start() {
        try {
            S3Server started = S3Server.start(Files.createTempDirectory(Path.of("target"), "s3"));
            server = started;
            return Map.of(
                    "sluice.image.store.kind",
                    "s3",
                    "sluice.image.store.s3.endpoint",
                    started.endpoint().toString(),
                    "sluice.image.store.s3.bucket",
                    S3Server.BUCKET,
                    "sluice.image.store.s3.prefix",
                    "worker/",
                    "sluice.image.store.s3.path-style",
                    "true",
                    "sluice.image.store.s3.access-key",
                    S3Server.ACCESS_KEY,
                    "sluice.image.store.s3.secret-key",
                    S3Server.SECRET_KEY,
                    "sluice.image.store.s3.timeout",
                    "PT10S");
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
            return Map.of();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                new Bucket(Optional.ofNullable(server), reason),
                new TestInjector.AnnotatedAndMatchesType(InjectBucket.class, Bucket.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
