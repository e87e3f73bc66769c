package io.sluice.gateway.cdns;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CDN that serves our addresses.
 *
 * @param name 1-63 of {@code a-z 0-9 -}, not starting with a sign
 * @param url base address, http or https, without a trailing slash
 * @param weight share of keys relative to the other weights, above 0
 * @param probe path that tells whether it works, starting with a slash
 * @param drain absent when it takes traffic
 * @param vendor who runs it; {@link Vendor#NONE} when absent, as in files of older versions
 */
public record Cdn(
        String name,
        String url,
        double weight,
        String probe,
        @Nullable Drain drain,
        Vendor vendor) {
    /** What is probed unless something else is said. */
    public static final String CANARY = "/v/canary";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PROBE = Pattern.compile("/[!-~]{0,255}");
    private static final int MAX_URL = 512;

    // A file of an older version has no vendor, and Jackson passes null.
    @SuppressWarnings("ConstantValue")
    public Cdn {
        vendor = vendor == null ? Vendor.NONE : vendor;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be 1-63 of a-z 0-9 -, not starting with -");
        }
        url = base(url);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be a number above 0; to take a CDN out, drain it");
        }
        if (!PROBE.matcher(probe).matches()) {
            throw new IllegalArgumentException("probe must be a path starting with /");
        }
    }

    /** Whether an operator keeps traffic from it. */
    public boolean drained(Instant now) {
        return drain != null && drain.holds(now);
    }

    private static String base(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            String path = uri.getRawPath();
            if (url.length() <= MAX_URL
                    && web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && url.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    && (path == null || !path.contains("//"))) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "url must be http://host[:port][/path] or https://.., without user, query and fragment");
    }
}
