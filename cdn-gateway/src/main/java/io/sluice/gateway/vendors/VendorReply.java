package io.sluice.gateway.vendors;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a vendor answered.
 *
 * @param status of HTTP
 * @param headers by lower-case names; of several by one name the first
 * @param body as text
 */
public record VendorReply(int status, Map<String, String> headers, String body) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int SHOWN = 300;

    public VendorReply {
        headers = Map.copyOf(headers);
    }

    /** Header {@code Retry-After} in seconds; a date, which no vendor sends, counts as absent. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"))
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** What any status but success means; the vendor's own words are in the reason. */
    VendorOutcome failure() {
        String reason = "status " + status + ": " + shortBody();
        if (status == 429 || status == 503) {
            return new VendorOutcome.Later(retryAfter(), reason);
        }
        if (status >= 500 || status == 408) {
            return new VendorOutcome.Later(Optional.empty(), reason);
        }
        return new VendorOutcome.Refused(
                status == 401 || status == 403 ? "the credential has not the right; " + reason : reason);
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    String shortBody() {
        String line = body.replaceAll("\\s+", " ").trim();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "..";
    }
}
