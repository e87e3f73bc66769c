package io.sluice.gateway.cdns;

import java.util.List;
import java.util.regex.Pattern;

/** Paths that CDNs serve, as people and vendors may name them. */
public final class EdgePath {
    private static final Pattern PATH = Pattern.compile("/([!$&'()+,\\-./0-9:;=@A-Z_a-z~]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");

    private EdgePath() {}

    /**
     * The path of an address, without its query.
     *
     * @param url a path, or an address of one of the CDNs
     * @param bases addresses of the CDNs, without ending slashes
     * @throws IllegalArgumentException when it is of another host, or no plain path
     */
    public static String of(String url, List<String> bases) {
        String path = url;
        if (!url.startsWith("/")) {
            path = bases.stream()
                    .filter(base -> url.startsWith(base + "/"))
                    .map(base -> url.substring(base.length()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be a path that starts with / or an address of one of the CDNs"));
        }
        return plain(withoutQuery(path));
    }

    /** The same without a query. */
    public static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /**
     * Checks a path.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static String plain(String path) {
        if (!PATH.matcher(path).matches()
                || path.contains("//")
                || DOTS.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "must be a percent-encoded path of at most 1024 characters without *, #, // and dot segments");
        }
        return path;
    }

    /** Of {@code /v/{collection}/{oid}/..} the part that all variants share, which is the key by which a CDN is chosen; else all of it. */
    public static String key(String path) {
        if (!path.startsWith("/v/")) {
            return path;
        }
        int oid = path.indexOf('/', 3);
        int recipe = oid < 0 ? -1 : path.indexOf('/', oid + 1);
        return recipe < 0 ? path : path.substring(0, recipe);
    }
}
