package io.sluice.image.blob;

import io.sluice.contracts.page.Page;
import io.sluice.image.transfer.FileDigest;
import io.sluice.image.transfer.Payload;
import io.sluice.image.transfer.Reply;
import io.sluice.image.transfer.Transfer;
import io.sluice.image.transfer.TransferFailed;
import io.sluice.platform.aws.SigV4;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Objects in a bucket of Amazon S3 or of anything that speaks its protocol. Every request is signed with its payload's hash, so
 * the service verifies what it stores. A file longer than a part is put in parts. A request that gets no answer, or 500 to 504, is
 * sent once more: each is harmless when it is repeated.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API reference</a>
 */
public final class S3Blobs implements BlobStore {
    private static final long LEAST_PART = 5L << 20;
    private static final Payload NOTHING = new Payload.None();

    private final Bucket bucket;
    private final SigV4 signer;
    private final Transfer transfer;
    private final long partBytes;
    private final InstantSource clock;

    /** @param partBytes of a multipart upload, from 5 MiB on as S3 wants it; longer files are put in parts */
    public S3Blobs(Bucket bucket, Transfer transfer, long partBytes, InstantSource clock) {
        if (partBytes < LEAST_PART) {
            throw new IllegalArgumentException("a part must have at least " + LEAST_PART + " bytes, not " + partBytes);
        }
        this.partBytes = partBytes;
        this.bucket = bucket;
        this.signer = new SigV4(bucket.key(), bucket.region(), "s3");
        this.transfer = transfer;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bucket " + bucket.name() + " at " + bucket.endpoint();
    }

    @Override
    public void put(String key, Path complete, String sha256) throws IOException {
        long length = Files.size(complete);
        if (length > partBytes) {
            multipart(key).put(complete, length, sha256);
        } else {
            expect("PutObject", ask(HttpMethod.PUT, key, Map.of(), sha256, new Payload.Whole(complete, length)));
        }
    }

    @Override
    public int dropUnfinished(Instant before) throws IOException {
        Map<String, String> query = Map.of("uploads", "", "prefix", bucket.prefix());
        Reply reply = again(
                () -> transfer.exchange(request(HttpMethod.GET, "", query, SigV4.EMPTY), NOTHING, bucket.timeout()));
        int dropped = 0;
        for (S3Uploads.Upload upload : S3Uploads.list(
                name(), expect("ListMultipartUploads", reply).body().getBytes())) {
            if (upload.key().startsWith(bucket.prefix()) && upload.initiated().isBefore(before)) {
                String key = upload.key().substring(bucket.prefix().length());
                multipart(key).abort(upload.id());
                dropped++;
            }
        }
        return dropped;
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
        expect(
                "PutObject",
                ask(HttpMethod.PUT, key, Map.of(), FileDigest.sha256(bytes), new Payload.Bytes(Buffer.buffer(bytes))));
    }

    @Override
    public Optional<Blob> find(String key) throws IOException {
        Reply reply = ask(HttpMethod.HEAD, key, Map.of(), SigV4.EMPTY, NOTHING);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        expect("HeadObject", reply);
        String length = reply.headers().get("Content-Length");
        String modified = reply.headers().get("Last-Modified");
        if (length == null || modified == null) {
            throw S3Failure.unreadable(name(), "no Content-Length or Last-Modified");
        }
        return Optional.of(new Blob(
                key,
                Long.parseLong(length),
                ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()));
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        Reply reply = ask(HttpMethod.GET, key, Map.of(), SigV4.EMPTY, NOTHING);
        if (absent(reply)) {
            return Optional.empty();
        }
        return Optional.of(expect("GetObject", reply).body().getBytes());
    }

    @Override
    public Optional<Path> file(String key) {
        return Optional.empty();
    }

    @Override
    public boolean fetch(String key, Path target) throws IOException {
        Reply reply = again(() -> transfer.download(
                request(HttpMethod.GET, bucket.prefix() + key, Map.of(), SigV4.EMPTY),
                target,
                Long.MAX_VALUE,
                bucket.timeout()));
        if (absent(reply)) {
            return false;
        }
        expect("GetObject", reply);
        return true;
    }

    @Override
    public boolean delete(String key) throws IOException {
        Reply reply = ask(HttpMethod.DELETE, key, Map.of(), SigV4.EMPTY, NOTHING);
        if (absent(reply)) {
            return false;
        }
        expect("DeleteObject", reply);
        return true;
    }

    @Override
    public Page<Blob> list(String prefix, @Nullable String after, int limit) throws IOException {
        Map<String, String> query = new TreeMap<>(
                Map.of("list-type", "2", "max-keys", Integer.toString(limit), "prefix", bucket.prefix() + prefix));
        if (after != null) {
            query.put("start-after", bucket.prefix() + after);
        }
        Reply reply = again(
                () -> transfer.exchange(request(HttpMethod.GET, "", query, SigV4.EMPTY), NOTHING, bucket.timeout()));
        try {
            S3Listing listing =
                    S3Listing.parse(expect("ListObjectsV2", reply).body().getBytes());
            List<Blob> blobs = listing.blobs().stream().map(this::withoutPrefix).toList();
            return new Page<>(
                    blobs,
                    listing.truncated() && !blobs.isEmpty() ? blobs.getLast().key() : null);
        } catch (XMLStreamException e) {
            throw S3Failure.unreadable(name(), String.valueOf(e.getMessage()));
        }
    }

    S3Multipart multipart(String key) {
        return new S3Multipart(name(), this::ask, key, partBytes);
    }

    private Blob withoutPrefix(Blob blob) {
        return new Blob(blob.key().substring(bucket.prefix().length()), blob.bytes(), blob.modified());
    }

    private Reply ask(HttpMethod method, String key, Map<String, String> query, String sha256, Payload payload)
            throws IOException {
        return again(() ->
                transfer.exchange(request(method, bucket.prefix() + key, query, sha256), payload, bucket.timeout()));
    }

    private interface Attempt {
        Reply make() throws IOException;
    }

    private Reply again(Attempt attempt) throws IOException {
        try {
            Reply first = attempt.make();
            return first.status() < 500 || first.status() > 504 ? first : attempt.make();
        } catch (TransferFailed e) {
            if (e.reason() != TransferFailed.Reason.CONNECTION) {
                throw new IOException(name() + ": " + e.getMessage(), e);
            }
        }
        try {
            return attempt.make(); // a kept connection may have been closed meanwhile
        } catch (TransferFailed e) {
            throw new IOException(name() + ": " + e.getMessage() + "; check sluice.image.store.s3.endpoint", e);
        }
    }

    private RequestOptions request(HttpMethod method, String key, Map<String, String> query, String sha256) {
        String uri = bucket.base() + SigV4.encodedPath(key) + query(query);
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setSsl(bucket.tls())
                .setHost(bucket.host())
                .setPort(bucket.port())
                .setURI(uri);
        URI address = URI.create(bucket.endpoint().getScheme() + "://" + bucket.authority() + uri);
        signer.sign(method.name(), address, Map.of(), sha256, clock.instant()).forEach(options::putHeader);
        return options;
    }

    private static String query(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + SigV4.encoded(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private Reply expect(String action, Reply reply) throws IOException {
        if (!reply.ok()) {
            throw S3Failure.of(name(), action, reply);
        }
        return reply;
    }

    /** Whether the object is missing, which a missing bucket is not. */
    private static boolean absent(Reply reply) {
        return reply.status() == 404 && !reply.body().toString().contains("NoSuchBucket");
    }
}
