package io.sluice.gateway.health;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One fetch of a CDN's canary over a connection of its own. Whatever happens, it ends within its timeout, with a result. */
final class Probe {
    private static final int MAX_BODY = 64 * 1024;
    private static final int SHA256_HEX = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration timeout;
    private final Optional<String> bodySha256;

    Probe(Vertx vertx, Duration timeout, Optional<String> bodySha256) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.bodySha256 = bodySha256;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) timeout.toMillis())
                .setTracingPolicy(TracingPolicy.IGNORE));
    }

    /** Fetches {@code url}; never fails. */
    Future<ProbeResult> of(String url) {
        Promise<ProbeResult> result = Promise.promise();
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(url)
                .setMethod(HttpMethod.GET)
                .putHeader("User-Agent", "sluice-probe");
        Future<HttpClientRequest> request = client.request(options);
        long timer = vertx.setTimer(timeout.toMillis(), ignored -> {
            if (result.tryComplete(new ProbeResult.Silent("no answer within " + timeout.toMillis() + " ms"))) {
                request.onSuccess(HttpClientRequest::reset);
            }
        });
        request.compose(HttpClientRequest::send)
                .compose(this::read)
                .onSuccess(result::tryComplete)
                .onFailure(failure -> result.tryComplete(new ProbeResult.Silent(reason(failure))));
        return result.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    void close() {
        client.close();
    }

    private Future<ProbeResult> read(HttpClientResponse response) {
        Promise<ProbeResult> read = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > MAX_BODY) {
                read.tryComplete(new ProbeResult.Wrong("a body of more than " + MAX_BODY + " bytes"));
                response.request().reset();
            }
        });
        response.exceptionHandler(read::tryFail);
        response.endHandler(ignored -> read.tryComplete(judge(
                response.statusCode(),
                response.getHeader("Sluice-Outcome"),
                response.getHeader("ETag"),
                body.getBytes(),
                bodySha256)));
        return read.future();
    }

    /** What an answer says of the CDN. */
    static ProbeResult judge(
            int status, @Nullable String outcome, @Nullable String etag, byte[] body, Optional<String> bodySha256) {
        if ("throttle".equals(outcome)) {
            return new ProbeResult.Throttled();
        }
        if (status != 200) {
            return new ProbeResult.Wrong("status " + status);
        }
        if (body.length == 0) {
            return new ProbeResult.Wrong("an empty body");
        }
        String expected = bodySha256.orElseGet(() -> digestIn(etag));
        if (!expected.isEmpty() && !expected.equals(sha256(body))) {
            return new ProbeResult.Wrong("not the body it should be");
        }
        return new ProbeResult.Good();
    }

    private static String digestIn(@Nullable String etag) {
        if (etag == null || etag.length() != SHA256_HEX + 2) {
            return "";
        }
        String digest = etag.substring(1, SHA256_HEX + 1);
        for (int i = 0; i < SHA256_HEX; i++) {
            if (Character.digit(digest.charAt(i), 16) < 0) {
                return "";
            }
        }
        return digest.toLowerCase(Locale.ROOT);
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
