package io.sluice.image.blob;

import io.sluice.image.transfer.Reply;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bucket refused or failed; the message says what to check. */
final class S3Failure extends IOException {
    private static final long serialVersionUID = 1L;

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

    private S3Failure(String message) {
        super(message);
    }

    static S3Failure of(String bucket, String method, Reply reply) {
        Matcher matcher = CODE.matcher(reply.body().toString());
        String code = matcher.find() ? matcher.group(1) : "no code";
        return new S3Failure(bucket + " answered " + reply.status() + ' ' + code + " to " + method + ": "
                + remedy(reply.status(), code));
    }

    static S3Failure unreadable(String bucket, String what) {
        return new S3Failure(bucket + " answered what cannot be read: " + what + "; is it an S3 endpoint?");
    }

    private static String remedy(int status, String code) {
        return switch (code) {
            case "SignatureDoesNotMatch" -> "check sluice.image.store.s3.secret-key and .region";
            case "InvalidAccessKeyId" -> "check sluice.image.store.s3.access-key";
            case "ExpiredToken", "InvalidToken" -> "renew sluice.image.store.s3.session-token";
            case "NoSuchBucket" -> "create the bucket or name another in sluice.image.store.s3.bucket";
            case "RequestTimeTooSkewed" -> "set this machine's clock";
            case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
                "check sluice.image.store.s3.region and .endpoint";
            default ->
                status == 403
                        ? "the key needs GetObject, PutObject, DeleteObject and ListBucket, and its secret must be right"
                        : "see the endpoint's own log";
        };
    }
}
