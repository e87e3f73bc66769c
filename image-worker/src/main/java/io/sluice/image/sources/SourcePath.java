package io.sluice.image.sources;

import io.sluice.contracts.image.Names;
import io.sluice.platform.problem.InvalidRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Name of a source as it stands in a request's path: percent-decoded once, never with an encoded slash, backslash or dot
 * segment.
 *
 * @param collection set it belongs to
 * @param path its name there, decoded
 */
record SourcePath(String collection, String path) {
    private static final String PREFIX = "/api/v1/sources/";

    /**
     * Reads {@code /api/v1/sources/{collection}/{path}}, raw.
     *
     * @throws InvalidRequest saying which part is not what it must be
     */
    static SourcePath parse(@Nullable String rawPath) {
        String rest = rawPath != null && rawPath.startsWith(PREFIX) ? rawPath.substring(PREFIX.length()) : "";
        int slash = rest.indexOf('/');
        if (slash < 1) {
            throw new InvalidRequest("path", "must be {collection}/{path}");
        }
        String collection = rest.substring(0, slash);
        if (!Names.isCollection(collection)) {
            throw new InvalidRequest("collection", "must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        String raw = rest.substring(slash + 1);
        String lower = raw.toLowerCase(Locale.ROOT);
        if (lower.contains("%2f") || lower.contains("%5c")) {
            throw new InvalidRequest("path", "must not have an encoded slash or backslash");
        }
        String path = decode(raw);
        if (!Names.isPath(path)) {
            throw new InvalidRequest(
                    "path", "must be segments joined by /, none empty, . or .., at most 1024 characters");
        }
        return new SourcePath(collection, path);
    }

    private static String decode(String raw) {
        try {
            byte[] bytes = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new InvalidRequest("path", "must be percent-encoded UTF-8");
        }
    }
}
