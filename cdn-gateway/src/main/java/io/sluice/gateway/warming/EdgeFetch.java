package io.sluice.gateway.warming;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.signing.SigningConfig;
import io.sluice.gateway.vendors.CacheAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks CDNs for addresses as clients do, signature included, and throws the bytes away. */
@Singleton
class EdgeFetch {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int AT_A_TIME = 8;

    private final HttpClient client;
    private final AddressSigner signer;
    private final Duration timeout;

    EdgeFetch(Vertx vertx, WarmingConfig config, SigningConfig signing) {
        this.timeout = config.timeout();
        this.signer = SigningConfig.signer(signing);
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) timeout.toMillis())
                        .setReadIdleTimeout((int) timeout.toSeconds())
                        .setTracingPolicy(TracingPolicy.IGNORE),
                new PoolOptions().setHttp1MaxSize(AT_A_TIME));
    }

    /**
     * What came.
     *
     * @param status of HTTP
     * @param headers by lower-case names, of several by one name the last
     * @param bytes of the body
     */
    record Fetched(int status, Map<String, String> headers, long bytes) {
        /** Whether it came out of the cache. */
        CacheAnswer answer() {
            return CacheAnswer.of(headers);
        }

        /** Whether the origin, or the CDN, has too much to do. */
        boolean throttled() {
            return status == 429 || status == 503 || "throttle".equals(headers.get("sluice-outcome"));
        }

        /** For how long, when it says so. */
        Optional<Duration> retryAfter() {
            return Optional.ofNullable(headers.get("retry-after"))
                    .filter(value -> SECONDS.matcher(value).matches())
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        }
    }

    /** Any status is an item; no whole answer in time is a failure. */
    Uni<Fetched> fetch(HttpMethod method, Cdn cdn, String path) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(cdn.url() + signer.sign(path))
                .setMethod(method)
                .putHeader("User-Agent", "sluice-warming");
        return Uni.createFrom()
                .<Fetched>emitter(emitter -> client.request(options)
                        .compose(request -> {
                            Future<Fetched> whole = request.send().compose(EdgeFetch::read);
                            // Nobody waits any more for what is not whole in time.
                            emitter.onTermination(() -> {
                                if (!whole.isComplete()) {
                                    request.reset();
                                }
                            });
                            return whole;
                        })
                        .onSuccess(emitter::complete)
                        .onFailure(emitter::fail))
                .ifNoItem()
                .after(timeout)
                .fail();
    }

    private static Future<Fetched> read(HttpClientResponse response) {
        Promise<Fetched> read = Promise.promise();
        long[] bytes = new long[1];
        response.handler(chunk -> bytes[0] += chunk.length());
        response.exceptionHandler(read::tryFail);
        response.endHandler(ignored -> {
            Map<String, String> headers = new HashMap<>();
            response.headers()
                    .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
            read.tryComplete(new Fetched(response.statusCode(), headers, bytes[0]));
        });
        return read.future();
    }
}
