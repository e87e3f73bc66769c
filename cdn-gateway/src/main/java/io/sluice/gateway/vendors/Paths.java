package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as vendors spell them. */
final class Paths {
    private static final Pattern COLLECTION = Pattern.compile("/v/([^/]+)/");
    private static final Pattern IMAGE = Pattern.compile("/v/[^/]+/([0-9a-f]{64})/");
    private static final int TAG_DIGITS = 16;

    private Paths() {}

    /** The base address without its scheme. */
    static String hostAndPath(Cdn cdn) {
        return cdn.url().substring(cdn.url().indexOf("://") + "://".length());
    }

    /** The path of the base address, empty or {@code /..} without an ending slash. */
    static String basePath(Cdn cdn) {
        String path = URI.create(cdn.url()).getRawPath();
        return path == null ? "" : path;
    }

    static String withoutEndingSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The tag that everything below a directory carries, where image-worker sets one. */
    static Optional<String> tagOf(String prefix) {
        Matcher image = IMAGE.matcher(prefix);
        if (image.matches()) {
            return Optional.of("img-" + image.group(1).substring(0, TAG_DIGITS));
        }
        Matcher collection = COLLECTION.matcher(prefix);
        return collection.matches() ? Optional.of("col-" + collection.group(1)) : Optional.empty();
    }

    static IllegalStateException noSecret(Cdn cdn) {
        return new IllegalStateException(
                "sluice.gateway.credentials." + cdn.vendor().credential() + " is not configured in this replica");
    }
}
