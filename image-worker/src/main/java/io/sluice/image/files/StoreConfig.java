package io.sluice.image.files;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where originals, variants and their index are kept. */
@ConfigMapping(prefix = "sluice.image.store")
interface StoreConfig {
    /** {@code files}: below {@code sluice.data.dir}, for one replica or a shared volume; {@code s3}: in a bucket, for any number. */
    @WithDefault("files")
    Kind kind();

    /** With a bucket: most bytes of its objects kept on this disk, for encoding and delivery. */
    @WithDefault("2G")
    MemorySize localCopies();

    /** The bucket. */
    S3 s3();

    /** Kinds of stores. */
    enum Kind {
        FILES,
        S3
    }

    /** A bucket of Amazon S3 or of anything that speaks its protocol. */
    interface S3 {
        /** Scheme, host and port of the service; without it Amazon's own of the region. */
        Optional<URI> endpoint();

        /** Region, as requests are signed. */
        @WithDefault("us-east-1")
        String region();

        /** Name of the bucket, which must exist. */
        Optional<String> bucket();

        /** Before every key: segments, each ending with a slash. */
        Optional<String> prefix();

        /** Whether the bucket stands in the path, as most servers other than Amazon's want it, and not before the host. */
        @WithDefault("false")
        boolean pathStyle();

        /** Id of the key. */
        @WithDefault("${AWS_ACCESS_KEY_ID:}")
        Optional<String> accessKey();

        /** Its secret. */
        @WithDefault("${AWS_SECRET_ACCESS_KEY:}")
        Optional<String> secretKey();

        /** Token of temporary credentials. */
        @WithDefault("${AWS_SESSION_TOKEN:}")
        Optional<String> sessionToken();

        /** Time for one request, its body included. */
        @WithDefault("PT30S")
        Duration timeout();

        /** Longest file that is put in one request; longer ones are put in parts of this size, from 5M on. */
        @WithDefault("16M")
        MemorySize partSize();

        /** Most requests at a time. */
        @WithDefault("32")
        int connections();
    }
}
