package io.sluice.image.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL that may be asked for: http or https, a host, no user, no fragment, no dot segment.
 *
 * @param uri as it was given
 */
record FetchUrl(URI uri) {
    private static final int LONGEST = 2_048;

    /** @throws OriginRefused saying what is wrong with it */
    static FetchUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw new OriginRefused("A URL may have " + LONGEST + " characters at the most.");
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            throw new OriginRefused("It is not a URL: " + e.getReason() + '.');
        }
    }

    /** @throws OriginRefused saying what is wrong with it */
    static FetchUrl of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new OriginRefused("Only http and https are fetched.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new OriginRefused("A URL is scheme, host, path and query, without a user and without a fragment.");
        }
        String path =
                uri.getRawPath().toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/");
        if (path.contains("/../") || path.contains("/./") || path.endsWith("/..") || path.contains("\\")) {
            throw new OriginRefused("A URL must not have dot segments.");
        }
        return new FetchUrl(uri);
    }

    boolean tls() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 80;
    }

    /** Path and query as they are sent. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    }

    /** Same scheme, host and port. */
    boolean sameOrigin(FetchUrl other) {
        return tls() == other.tls() && host().equals(other.host()) && port() == other.port();
    }

    /** Same origin, and a path below the other's. */
    boolean below(FetchUrl base) {
        String folder = base.uri().getRawPath();
        return sameOrigin(base)
                && (uri.getRawPath().equals(folder) || uri.getRawPath().startsWith(slashed(folder)));
    }

    private static String slashed(String path) {
        return path.endsWith("/") ? path : path + '/';
    }

    /** What to call it in messages: without the query, which may be a secret. */
    String shown() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
