package io.sluice.image.blob;

import io.sluice.image.transfer.Payload;
import io.sluice.image.transfer.Reply;
import io.sluice.platform.aws.SigV4;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Puts one object in parts, one after the other, each with a time limit and a second try of its own. The object comes into being
 * when all are there; whatever goes wrong before, the parts are dropped.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">Multipart upload</a>
 */
final class S3Multipart {
    private static final int MOST_PARTS = 10_000;
    private static final int CHUNK = 64 * 1024;

    private final String bucket;
    private final Asking s3;
    private final String key;
    private final long partBytes;

    /** Sends a signed request. */
    interface Asking {
        Reply ask(HttpMethod method, String key, Map<String, String> query, String sha256, Payload payload)
                throws IOException;
    }

    S3Multipart(String bucket, Asking s3, String key, long partBytes) {
        this.bucket = bucket;
        this.s3 = s3;
        this.key = key;
        this.partBytes = partBytes;
    }

    void put(Path file, long length, String sha256) throws IOException {
        if (length > partBytes * MOST_PARTS) {
            throw new IOException(file + " has more than " + MOST_PARTS
                    + " parts; raise sluice.image.store.s3.part-size to " + (length / MOST_PARTS + 1));
        }
        String id = begin();
        boolean whole = false;
        try {
            complete(id, parts(id, file, length, sha256));
            whole = true;
        } finally {
            if (!whole) {
                abortQuietly(id);
            }
        }
    }

    void abort(String id) throws IOException {
        Reply reply = s3.ask(HttpMethod.DELETE, key, Map.of("uploadId", id), SigV4.EMPTY, new Payload.None());
        if (!reply.ok() && reply.status() != 404) {
            throw S3Failure.of(bucket, "AbortMultipartUpload", reply);
        }
    }

    /** The failure that led here is the one to tell; what stays is dropped by the next sweep. */
    private void abortQuietly(String id) {
        try {
            abort(id);
        } catch (IOException e) {
            return;
        }
    }

    /** Begins one; yields its id. */
    String begin() throws IOException {
        Reply reply = s3.ask(HttpMethod.POST, key, Map.of("uploads", ""), SigV4.EMPTY, new Payload.None());
        if (!reply.ok()) {
            throw S3Failure.of(bucket, "CreateMultipartUpload", reply);
        }
        List<S3Uploads.Upload> begun = S3Uploads.list(bucket, reply.body().getBytes());
        if (begun.isEmpty()) {
            throw S3Failure.unreadable(bucket, "no UploadId");
        }
        return begun.getFirst().id();
    }

    /** Sends every part; yields what completes them. */
    private String parts(String id, Path file, long length, String sha256) throws IOException {
        StringBuilder sent = new StringBuilder("<CompleteMultipartUpload>");
        MessageDigest all = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            int number = 1;
            for (long from = 0; from < length; from += partBytes, number++) {
                long part = Math.min(partBytes, length - from);
                String digest = digest(in, part, all);
                sent.append("<Part><PartNumber>")
                        .append(number)
                        .append("</PartNumber><ETag>")
                        .append(part(id, number, digest, new Payload.Part(file, from, part)))
                        .append("</ETag></Part>");
            }
        }
        String read = HexFormat.of().formatHex(all.digest());
        if (!read.equals(sha256)) {
            throw new IOException(file + " has the SHA-256 " + read + ", not " + sha256);
        }
        return sent.append("</CompleteMultipartUpload>").toString();
    }

    private String part(String id, int number, String sha256, Payload payload) throws IOException {
        Map<String, String> query = Map.of("partNumber", Integer.toString(number), "uploadId", id);
        Reply reply = s3.ask(HttpMethod.PUT, key, query, sha256, payload);
        String etag = reply.headers().get("ETag");
        if (!reply.ok() || etag == null) {
            throw S3Failure.of(bucket, "UploadPart", reply);
        }
        return etag.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** S3 may answer 200 and then say in the body that it failed. */
    private void complete(String id, String parts) throws IOException {
        byte[] body = parts.getBytes(StandardCharsets.UTF_8);
        Reply reply = s3.ask(
                HttpMethod.POST,
                key,
                Map.of("uploadId", id),
                HexFormat.of().formatHex(sha256().digest(body)),
                new Payload.Bytes(Buffer.buffer(body)));
        if (!reply.ok() || reply.body().toString().contains("<Error>")) {
            throw S3Failure.of(bucket, "CompleteMultipartUpload", reply);
        }
    }

    private static String digest(InputStream in, long length, MessageDigest all) throws IOException {
        MessageDigest part = sha256();
        byte[] chunk = new byte[CHUNK];
        for (long left = length; left > 0; ) {
            int read = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (read < 0) {
                throw new EOFException("a file that became shorter while it was put");
            }
            part.update(chunk, 0, read);
            all.update(chunk, 0, read);
            left -= read;
        }
        return HexFormat.of().formatHex(part.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
