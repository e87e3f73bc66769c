package io.sluice.image.upload;

import io.sluice.platform.problem.InvalidRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Header {@code Content-Digest} (RFC 9530), of which {@code sha-256} is understood; other algorithms are passed over. */
final class ContentDigest {
    private static final Pattern SHA256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]{44}):");

    private ContentDigest() {}

    /** The announced SHA-256 in lower-case hex. */
    static Optional<String> sha256(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = SHA256.matcher(header);
        if (!matcher.find()) {
            if (header.contains("sha-256")) {
                throw new InvalidRequest("Content-Digest", "must be sha-256=:{base64 of 32 bytes}:");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("Content-Digest", "is not base64");
        }
    }
}
