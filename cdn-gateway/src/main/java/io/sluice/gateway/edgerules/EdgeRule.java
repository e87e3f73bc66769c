package io.sluice.gateway.edgerules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long objects are kept for which the origin says nothing itself.
 *
 * @param name 1-31 of {@code a-z 0-9 _}, starting with a letter, unique
 * @param prefix of the path: a directory that starts and ends with a slash
 * @param extensions endings of the path, lower case without dot; none: all
 * @param browser how long browsers keep it
 * @param edge how long edges keep it
 * @param staleWhileRevalidate how long an edge may serve it stale while it asks (RFC 5861)
 * @param staleIfError how long an edge may serve it stale when the origin fails (RFC 5861)
 * @param immutable whether browsers need not ask again on reload (RFC 8246)
 */
@Schema(name = "EdgeRule")
record EdgeRule(
        String name,
        String prefix,
        List<String> extensions,
        Duration browser,
        Duration edge,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        boolean immutable) {
    static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final Pattern PREFIX = Pattern.compile("/([A-Za-z0-9._~-]{1,63}/){0,8}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
    private static final int MAX_EXTENSIONS = 32;

    EdgeRule {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be 1-31 of a-z 0-9 _, starting with a letter");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix must be a directory such as /v/");
        }
        extensions = List.copyOf(extensions);
        if (extensions.size() > MAX_EXTENSIONS
                || !extensions.stream()
                        .allMatch(ending -> EXTENSION.matcher(ending).matches())) {
            throw new IllegalArgumentException("extensions must be at most 32, each 1-8 of a-z 0-9 without a dot");
        }
        for (Duration time : List.of(browser, edge, staleWhileRevalidate, staleIfError)) {
            if (time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("times must be PT0S to P366D");
            }
        }
    }

    /** Whether it is asked for a path, which comes without a query. */
    boolean matches(String path) {
        if (!path.startsWith(prefix)) {
            return false;
        }
        return extensions.isEmpty() || extensions.stream().anyMatch(ending -> path.endsWith("." + ending));
    }

    /**
     * For browsers and caches that know nothing newer. The times for stale copies are for edges alone: a browser could not be
     * purged.
     */
    String cacheControl() {
        return "public, max-age=" + browser.toSeconds() + ", s-maxage=" + edge.toSeconds()
                + (immutable ? ", immutable" : "");
    }

    /** For edges that know RFC 9213. */
    String cdnCacheControl() {
        return "max-age=" + edge.toSeconds() + ", stale-while-revalidate=" + staleWhileRevalidate.toSeconds()
                + ", stale-if-error=" + staleIfError.toSeconds();
    }

    /** The headers it stands for. */
    Map<String, String> headers() {
        return new TreeMap<>(Map.of("Cache-Control", cacheControl(), "CDN-Cache-Control", cdnCacheControl()));
    }

    /** The paths it matches as a regular expression that nginx and Varnish read alike. */
    String pathPattern() {
        String start = "^" + prefix.replace(".", "\\.");
        return extensions.isEmpty() ? start : start + ".*\\.(" + String.join("|", extensions) + ")$";
    }
}
