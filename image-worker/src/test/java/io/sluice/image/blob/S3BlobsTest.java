package io.sluice.image.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sluice.image.transfer.Transfer;
import io.sluice.platform.aws.SigV4;
import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.s3.S3Server;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server that checks signatures. */
class S3BlobsTest extends BlobStoreContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static @Nullable S3Server server;

    @BeforeAll
    static void start(@TempDir(cleanup = CleanupMode.NEVER) Path data) {
        try {
            server = S3Server.start(data);
        } catch (IOException e) {
            abort("no S3 server to test against: " + e.getMessage());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        VERTX.close();
    }

    @Override
    BlobStore store() {
        return store(endpoint(), S3Server.BUCKET, new SigV4.Key(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null));
    }

    @Test
    void says_that_the_secret_is_wrong() {
        SigV4.Key wrong = new SigV4.Key(S3Server.ACCESS_KEY, "another", null);
        BlobStore store = store(endpoint(), S3Server.BUCKET, wrong);

        assertThatThrownBy(() -> store.put("index/x", new byte[] {1}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403 SignatureDoesNotMatch")
                .hasMessageContaining("check sluice.image.store.s3.secret-key");
        assertThatThrownBy(() -> store.find("index/x")).hasMessageContaining("its secret must be right");
    }

    @Test
    void says_that_the_key_is_unknown() {
        BlobStore store = store(endpoint(), S3Server.BUCKET, new SigV4.Key("stranger", "another", null));

        assertThatThrownBy(() -> store.list("index/", null, 1)).hasMessageContaining("s3.access-key");
    }

    @Test
    void says_that_there_is_no_such_bucket() {
        BlobStore store = store(endpoint(), "nowhere", new SigV4.Key(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null));

        assertThatThrownBy(() -> store.read("index/x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("create the bucket");
    }

    @Test
    void says_that_nobody_answers() {
        BlobStore store = store(
                URI.create("http://127.0.0.1:" + FreePorts.next()),
                S3Server.BUCKET,
                new SigV4.Key(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null));

        assertThatThrownBy(() -> store.read("index/x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("check sluice.image.store.s3.endpoint");
    }

    @Test
    void has_the_server_refuse_other_bytes_than_were_signed() throws IOException {
        BlobStore store = store();
        Path file = Files.writeString(folder.resolve("complete"), "these bytes");

        assertThatThrownBy(() -> store.put(
                        "variants/x", file, BlobStoreContract.sha256("others".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("XAmzContentSHA256Mismatch");

        assertThat(store.find("variants/x")).isEmpty();
    }

    @Test
    void streams_objects_that_are_larger_than_any_buffer() throws IOException {
        BlobStore store = store();
        byte[] large = new byte[20 << 20];
        new SplittableRandom(1).nextBytes(large);
        Path file = Files.write(folder.resolve("complete"), large);

        store.put("originals/large", file, sha256(large));

        Path copy = folder.resolve("copy");
        assertThat(store.fetch("originals/large", copy)).isTrue();
        assertThat(copy).hasBinaryContent(large);
    }

    @Test
    void renews_the_time_of_what_is_put_again() throws Exception {
        BlobStore store = store();
        store.put("index/x", new byte[] {1});
        Instant first = store.find("index/x").orElseThrow().modified();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            store.put("index/x", new byte[] {1});
            return store.find("index/x").orElseThrow().modified().isAfter(first);
        });
    }

    private static URI endpoint() {
        return Objects.requireNonNull(server).endpoint();
    }

    private static BlobStore store(URI endpoint, String bucket, SigV4.Key credentials) {
        Bucket where = new Bucket(
                endpoint,
                "us-east-1",
                bucket,
                "test-" + PREFIXES.incrementAndGet() + '/',
                true,
                credentials,
                Duration.ofSeconds(30));
        return new S3Blobs(where, new Transfer(VERTX, 4), 16 << 20, InstantSource.system());
    }
}
