package io.sluice.image.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sluice.image.transfer.Reply;
import io.sluice.image.transfer.Transfer;
import io.sluice.platform.aws.SigV4;
import io.sluice.testkit.s3.S3Server;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Large files against a real S3 server. */
class S3MultipartTest {
    private static final int PART = 5 << 20;
    private static final Vertx VERTX = Vertx.vertx();

    private static @Nullable S3Server server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

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

    @Test
    void puts_a_large_file_in_parts_whole_and_in_their_order() throws IOException {
        S3Blobs store = store();
        byte[] large = random(2 * PART + 1_234);
        Path file = Files.write(folder.resolve("complete"), large);

        store.put("originals/large", file, BlobStoreContract.sha256(large));

        Path copy = folder.resolve("copy");
        assertThat(store.fetch("originals/large", copy)).isTrue();
        assertThat(copy).hasBinaryContent(large);
        assertThat(store.dropUnfinished(later())).as("left behind").isZero();
    }

    @Test
    void leaves_neither_object_nor_parts_when_the_bytes_are_others_than_announced() throws IOException {
        S3Blobs store = store();
        Path file = Files.write(folder.resolve("complete"), random(PART + 1));

        assertThatThrownBy(() -> store.put("originals/other", file, "0".repeat(64)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not " + "0".repeat(64));

        assertThat(store.find("originals/other")).isEmpty();
        assertThat(store.dropUnfinished(later())).isZero();
    }

    @Test
    void drops_what_a_crash_left_when_it_is_old_enough() throws IOException {
        S3Blobs store = store();
        store.multipart("originals/crashed").begin();

        assertThat(store.dropUnfinished(Instant.EPOCH)).isZero();
        assertThat(store.dropUnfinished(later())).isEqualTo(1);
        assertThat(store.dropUnfinished(later())).isZero();
    }

    @Test
    void takes_no_parts_that_s3_does_not_take() {
        assertThatThrownBy(() -> new S3Blobs(bucket(), new Transfer(VERTX, 4), PART - 1, InstantSource.system()))
                .hasMessageContaining("at least " + PART);
    }

    @Test
    void aborts_when_completing_is_answered_by_a_late_error() {
        List<String> asked = new ArrayList<>();
        S3Multipart upload = new S3Multipart(
                "bucket",
                (method, key, query, sha256, payload) -> {
                    asked.add(method + " " + query.keySet());
                    String body = query.containsKey("uploads")
                            ? "<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>"
                            : HttpMethod.POST.equals(method) ? "<Error><Code>InternalError</Code></Error>" : "";
                    return new Reply(200, MultiMap.caseInsensitiveMultiMap().add("ETag", "\"e\""), Buffer.buffer(body));
                },
                "key",
                PART);
        byte[] bytes = random(PART + 1);

        assertThatThrownBy(() -> upload.put(
                        Files.write(folder.resolve("late"), bytes), bytes.length, BlobStoreContract.sha256(bytes)))
                .hasMessageContaining("InternalError to CompleteMultipartUpload");

        assertThat(asked).hasSize(5).last().isEqualTo("DELETE [uploadId]");
    }

    private static Instant later() {
        return InstantSource.system().instant().plus(Duration.ofHours(1));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static S3Blobs store() {
        return new S3Blobs(bucket(), new Transfer(VERTX, 4), PART, InstantSource.system());
    }

    private static Bucket bucket() {
        return new Bucket(
                java.util.Objects.requireNonNull(server).endpoint(),
                "us-east-1",
                S3Server.BUCKET,
                "multipart/",
                true,
                new SigV4.Key(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null),
                Duration.ofSeconds(30));
    }
}
