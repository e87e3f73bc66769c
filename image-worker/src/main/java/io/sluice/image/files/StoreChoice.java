package io.sluice.image.files;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.image.blob.BlobStore;
import io.sluice.image.blob.Bucket;
import io.sluice.image.blob.FileBlobs;
import io.sluice.image.blob.LocalCopies;
import io.sluice.image.blob.S3Blobs;
import io.sluice.image.transfer.Transfer;
import io.sluice.platform.aws.SigV4;
import io.sluice.platform.clock.NanoClock;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The store that is configured. */
@Singleton
class StoreChoice {
    private final Path root;
    private final StoreConfig config;

    StoreChoice(DataConfig data, StoreConfig config) {
        this.root = data.dir().toAbsolutePath().normalize();
        this.config = config;
    }

    @Produces
    @Singleton
    BlobStore store(Vertx vertx, InstantSource clock) {
        return switch (config.kind()) {
            case FILES -> new FileBlobs(root, root.resolve("tmp"), clock);
            case S3 ->
                new S3Blobs(
                        bucket(config.s3()),
                        new Transfer(vertx, config.s3().connections()),
                        config.s3().partSize().asLongValue(),
                        clock);
        };
    }

    @Produces
    @Singleton
    LocalCopies copies(BlobStore store, NanoClock clock, MeterRegistry meters) throws IOException {
        LocalCopies copies = new LocalCopies(
                store, root.resolve("copies"), config.localCopies().asLongValue(), clock);
        Gauge.builder("sluice.image.store.local.copies", copies, LocalCopies::bytes)
                .baseUnit("bytes")
                .description("objects of the bucket on this disk")
                .register(meters);
        return copies;
    }

    private static Bucket bucket(StoreConfig.S3 s3) {
        URI endpoint = s3.endpoint().orElseGet(() -> URI.create("https://s3." + s3.region() + ".amazonaws.com"));
        SigV4.Key key = new SigV4.Key(
                required(s3.accessKey(), "access-key"),
                required(s3.secretKey(), "secret-key"),
                s3.sessionToken().orElse(null));
        return new Bucket(
                endpoint,
                s3.region(),
                required(s3.bucket(), "bucket"),
                s3.prefix().orElse(""),
                s3.pathStyle(),
                key,
                s3.timeout());
    }

    private static String required(Optional<String> value, String key) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        "sluice.image.store.s3." + key + " is required when sluice.image.store.kind is s3"));
    }
}
