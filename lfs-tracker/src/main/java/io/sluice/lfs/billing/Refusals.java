package io.sluice.lfs.billing;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads GitHub's refusals: what each status means and when to ask again (docs.github.com, "rate limits for the REST API"). */
final class Refusals {
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    private Refusals() {}

    static Answer.Refused of(int status, HttpHeaders headers, Instant now) {
        Instant notBefore = notBefore(headers, now);
        return switch (status) {
            case 401 ->
                refused(
                        Outcome.UNAUTHORIZED,
                        status,
                        "GitHub does not accept the token: set sluice.lfs.github.token to a valid one.",
                        notBefore);
            case 403 -> forbidden(status, headers, notBefore);
            case 404, 410 ->
                refused(
                        Outcome.NOT_FOUND,
                        status,
                        "GitHub knows no billing usage of this organisation for this token: check"
                                + " sluice.lfs.github.organisation, and that the account is on the enhanced billing platform.",
                        notBefore);
            case 429 -> rateLimited(status, notBefore);
            default ->
                refused(Outcome.SERVER_ERROR, status, "GitHub answered " + status + "; it is asked again.", notBefore);
        };
    }

    private static Answer.Refused forbidden(int status, HttpHeaders headers, @Nullable Instant notBefore) {
        boolean exhausted =
                headers.firstValue("x-ratelimit-remaining").orElse("").equals("0")
                        || headers.firstValue("retry-after").isPresent();
        if (exhausted) {
            return rateLimited(status, notBefore);
        }
        String needed = headers.firstValue("X-Accepted-GitHub-Permissions")
                .or(() -> headers.firstValue("X-Accepted-OAuth-Scopes"))
                .map(Refusals::printable)
                .map(text -> " It needs: " + text + ".")
                .orElse(
                        " It needs the organisation permission Administration (read), or an owner's or billing manager's token.");
        return refused(
                Outcome.FORBIDDEN,
                status,
                "The token may not read the organisation's billing usage." + needed,
                notBefore);
    }

    private static Answer.Refused rateLimited(int status, @Nullable Instant notBefore) {
        return refused(
                Outcome.RATE_LIMITED, status, "GitHub's rate limit is exhausted; it is asked again later.", notBefore);
    }

    private static Answer.Refused refused(Outcome outcome, int status, String detail, @Nullable Instant notBefore) {
        return new Answer.Refused(outcome, status, detail, notBefore);
    }

    /** {@code retry-after} in seconds, else {@code x-ratelimit-reset} once nothing remains; at most two hours. */
    private static @Nullable Instant notBefore(HttpHeaders headers, Instant now) {
        Optional<Instant> after = number(headers, "retry-after").map(now::plusSeconds);
        if (after.isEmpty()
                && headers.firstValue("x-ratelimit-remaining").orElse("").equals("0")) {
            after = number(headers, "x-ratelimit-reset").map(Instant::ofEpochSecond);
        }
        Instant latest = now.plus(LONGEST_WAIT);
        return after.map(at -> at.isAfter(latest) ? latest : at).orElse(null);
    }

    private static Optional<Long> number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(value -> value.matches("[0-9]{1,10}"))
                .map(Long::valueOf);
    }

    private static String printable(String header) {
        String text = header.replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
