package io.sluice.gateway.vendors;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a response came out of the cache nearest to us, as its headers tell: {@code Cache-Status} (RFC 9211) first, then
 * {@code CF-Cache-Status} (Cloudflare), {@code CDN-Cache} (Bunny), {@code X-Cache} (CloudFront, Fastly, Varnish).
 */
public enum CacheAnswer {
    HIT,
    MISS,
    /** No header tells, or it was not a matter of the cache. */
    UNKNOWN;

    private static final List<String> VENDOR_HEADERS = List.of("cf-cache-status", "cdn-cache", "x-cache");
    private static final Pattern HIT_PARAMETER = Pattern.compile(";\\s*hit\\s*(;|=\\?1|$)");
    private static final Pattern FORWARDED = Pattern.compile(";\\s*fwd\\s*=");

    /** @param headers by lower-case names */
    public static CacheAnswer of(Map<String, String> headers) {
        String standard = headers.get("cache-status");
        if (standard != null) {
            // Each cache adds its member at the end: the last one is the nearest.
            String nearest = last(standard);
            return HIT_PARAMETER.matcher(nearest).find()
                    ? HIT
                    : FORWARDED.matcher(nearest).find() ? MISS : UNKNOWN;
        }
        for (String name : VENDOR_HEADERS) {
            String value = headers.get(name);
            if (value != null) {
                return word(last(value).toUpperCase(Locale.ROOT));
            }
        }
        return UNKNOWN;
    }

    private static CacheAnswer word(String word) {
        if (word.contains("HIT") || word.contains("STALE") || word.contains("UPDATING")) {
            return HIT;
        }
        return word.contains("MISS")
                        || word.contains("EXPIRED")
                        || word.contains("REVALIDATED")
                        || word.contains("BYPASS")
                        || word.contains("DYNAMIC")
                ? MISS
                : UNKNOWN;
    }

    private static String last(String list) {
        return list.substring(list.lastIndexOf(',') + 1).toLowerCase(Locale.ROOT);
    }
}
