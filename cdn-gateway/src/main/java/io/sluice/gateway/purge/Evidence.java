package io.sluice.gateway.purge;

import io.sluice.gateway.vendors.VendorReply;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a fetch after a purge proves. Read in this order: {@code Cache-Status} (RFC 9211), the vendors' own headers, {@code Age}.
 */
enum Evidence {
    /** What is served is younger than the purge, or was not in the cache. */
    FRESH,
    /** What is served was in the cache before the purge. */
    OLD,
    /** The answer proves neither. */
    UNKNOWN;

    private static final String[] VENDOR_HEADERS = {"cf-cache-status", "cdn-cache", "x-cache"};
    private static final Pattern AGE = Pattern.compile("[0-9]{1,9}");
    private static final long CLOCKS = 1;

    /** @param sincePurge since the vendor took the purge */
    static Evidence of(VendorReply reply, Duration sincePurge) {
        Boolean hit = hit(reply.headers());
        String age = reply.headers().get("age");
        if (hit != null && !hit) {
            return FRESH;
        }
        if (age != null && AGE.matcher(age).matches()) {
            boolean younger = Long.parseLong(age) <= sincePurge.toSeconds() + CLOCKS;
            return younger ? FRESH : OLD;
        }
        return UNKNOWN;
    }

    /** Whether it came from the cache; null when no header tells. */
    private static @org.jspecify.annotations.Nullable Boolean hit(Map<String, String> headers) {
        String standard = headers.get("cache-status");
        if (standard != null) {
            // The member nearest to the client is the last one.
            String last = standard.substring(standard.lastIndexOf(',') + 1).toLowerCase(Locale.ROOT);
            return last.contains(";") ? last.matches(".*;\\s*hit\\b.*") : null;
        }
        for (String name : VENDOR_HEADERS) {
            String value = headers.get(name);
            if (value != null) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("HIT") || upper.contains("STALE") || upper.contains("UPDATING");
            }
        }
        return null;
    }
}
