package io.sluice.alerting.webhook;

import io.sluice.alerting.message.MessageJson;
import io.sluice.alerting.outbox.Channel;
import io.sluice.alerting.outbox.Outcome;
import io.sluice.alerting.outbox.Parcel;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Posts Alertmanager's webhook body, version 4. A 2xx ends the delivery; 408, 425, 429, 5xx and no answer are tried again,
 * not before {@code Retry-After}; any other answer is a refusal. {@code Idempotency-Key} stays the same over all attempts.
 */
@Singleton
class WebhookChannel implements Channel {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Optional<URI> url;
    private final Duration timeout;
    private final WebClient client;
    private final MessageJson json;
    private final InstantSource clock;

    WebhookChannel(WebhookConfig config, Vertx vertx, MessageJson json, InstantSource clock) {
        this.url = config.url();
        this.timeout = config.timeout();
        if (timeout.compareTo(LONGEST) > 0 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("sluice.alerting.webhook.timeout must be above 0 and at most 20 s");
        }
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(3_000)
                        .setFollowRedirects(false)
                        .setMaxPoolSize(32)
                        .setUserAgent("Sluice-Alerting"));
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean configured() {
        return url.isPresent();
    }

    @Override
    public Uni<Outcome> deliver(Parcel parcel) {
        return client.postAbs(url.orElseThrow().toString())
                .timeout(timeout.toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", parcel.idempotencyKey().toString())
                .sendBuffer(Buffer.buffer(json.writeAsGo(parcel.message())))
                .map(this::outcome);
    }

    private Outcome outcome(HttpResponse<Buffer> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return new Outcome.Sent();
        }
        String reason = "HTTP " + status;
        boolean again = status >= 500 || status == 408 || status == 425 || status == 429;
        return again
                ? new Outcome.Later(reason, RetryAfter.parse(answer.getHeader("Retry-After"), clock.instant()))
                : new Outcome.Refused(reason);
    }
}
