package io.sluice.lfs.billing;

import io.sluice.lfs.account.GithubConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks GitHub for the usage report of one day. Blocks its caller for at most the configured time: call it from a virtual
 * thread. Always names year, month and day, for without a day GitHub answers one row per month. The token goes into the
 * request and nowhere else.
 */
@ApplicationScoped
class GithubBilling {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final GithubConfig config;
    private final InstantSource clock;
    private final UsageParser parser = new UsageParser();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECTING).executor(calls).build();

    GithubBilling(GithubConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
        calls.shutdownNow();
    }

    /**
     * Asks for one day.
     *
     * @param etag of the answer we have, or null
     */
    Answer usage(LocalDate day, @Nullable String etag) throws InterruptedException {
        Future<Answer> call = calls.submit(() -> ask(day, etag));
        try {
            return call.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreachable("no whole answer within " + config.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case UnusableAnswer unusable ->
                    new Answer.Refused(unusable.outcome(), 200, String.valueOf(unusable.getMessage()), null);
                case IOException failure -> unreachable(String.valueOf(failure.getMessage()));
                case null, default -> throw new IllegalStateException(e);
            };
        } finally {
            call.cancel(true);
        }
    }

    private Answer ask(LocalDate day, @Nullable String etag) throws IOException, InterruptedException, UnusableAnswer {
        HttpResponse<InputStream> response = client.send(request(day, etag), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            Instant now = clock.instant();
            return switch (response.statusCode()) {
                case 200 ->
                    read(body, day, response.headers().firstValue("ETag").orElse(null));
                case 304 -> new Answer.NotModified();
                default -> Refusals.of(response.statusCode(), response.headers(), now);
            };
        }
    }

    private Answer read(InputStream body, LocalDate day, @Nullable String etag) throws IOException, UnusableAnswer {
        MessageDigest digest = sha256();
        DayUsage usage =
                parser.parse(new DigestInputStream(new LimitedInput(body, config.maxAnswerBytes()), digest), day);
        return new Answer.Usage(usage, HexFormat.of().formatHex(digest.digest()), etag);
    }

    private HttpRequest request(LocalDate day, @Nullable String etag) {
        String organisation = URLEncoder.encode(config.organisation().orElseThrow(), StandardCharsets.UTF_8);
        URI uri = URI.create(config.url() + "/organizations/" + organisation + "/settings/billing/usage?year="
                + day.getYear() + "&month=" + day.getMonthValue() + "&day=" + day.getDayOfMonth());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.timeout())
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + config.token().orElseThrow())
                .header("User-Agent", "sluice-lfs-tracker")
                .header("X-GitHub-Api-Version", config.apiVersion());
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        return request.build();
    }

    private static Answer unreachable(String reason) {
        return new Answer.Refused(Outcome.UNREACHABLE, 0, "GitHub could not be reached: " + reason + ".", null);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
