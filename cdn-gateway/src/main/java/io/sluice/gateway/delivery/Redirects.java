package io.sluice.gateway.delivery;

import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.gateway.directives.Directives;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a decision as a redirect: 302 to the chosen CDN, the alternates in {@code Link} (RFC 6249). */
final class Redirects {
    /** What a redirect depends on besides its address. */
    static final CharSequence VARY = HttpHeaders.createOptimized("Accept, Save-Data, Sec-CH-DPR, Sec-CH-Width");

    private static final CharSequence LINK = HttpHeaders.createOptimized("Link");
    private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("Server-Timing");
    private static final CharSequence DIRECTIVE = HttpHeaders.createOptimized("Sluice-Directive");
    private static final CharSequence OUTCOME = HttpHeaders.createOptimized("Sluice-Outcome");
    private static final CharSequence SHORT = HttpHeaders.createOptimized("private, max-age=2");

    private final Optional<String> origin;
    private final long maxAgeSeconds;
    private final CharSequence cacheControl;

    /** @param maxAgeSeconds how long a client may keep a redirect */
    Redirects(Optional<String> origin, long maxAgeSeconds) {
        this.origin = origin.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        this.maxAgeSeconds = maxAgeSeconds;
        this.cacheControl = HttpHeaders.createOptimized("private, max-age=" + maxAgeSeconds);
    }

    /** Whether there is an origin to send clients to. */
    boolean toOriginPossible() {
        return origin.isPresent();
    }

    /** Sends a client to the CDN that was chosen. */
    void toCdn(HttpServerResponse response, Decision decision, String pathAndQuery) {
        Snapshot snapshot = decision.snapshot();
        Candidate chosen = snapshot.candidate(decision.cdn());
        response.putHeader(SERVER_TIMING, "cdn;desc=" + chosen.name());
        String link = alternates(decision, pathAndQuery);
        if (!link.isEmpty()) {
            response.putHeader(LINK, link);
        }
        if (snapshot.panic()) {
            response.putHeader(OUTCOME, "static-order");
        }
        InForce force = decision.force();
        CharSequence caching = snapshot.panic() ? SHORT : force == null ? cacheControl : caching(force);
        redirect(response, force, location(chosen.url(), pathAndQuery), caching);
    }

    /** Sends a client to the origin: no CDN may be used. */
    void toOrigin(HttpServerResponse response, Decision decision, String pathAndQuery) {
        response.putHeader(SERVER_TIMING, "cdn;desc=origin").putHeader(OUTCOME, "origin-fallback");
        redirect(response, decision.force(), location(origin.orElseThrow(), pathAndQuery), SHORT);
    }

    private static void redirect(
            HttpServerResponse response, @Nullable InForce force, String location, CharSequence caching) {
        if (force != null) {
            response.putHeader(
                    DIRECTIVE,
                    force.directive().epoch() + "-" + force.directive().generation());
        }
        response.setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, location)
                .putHeader(HttpHeaders.VARY, VARY)
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .end();
    }

    private CharSequence caching(InForce force) {
        double times = Directives.lifetimes(force);
        return times == 1 ? cacheControl : "private, max-age=" + (long) (maxAgeSeconds * times);
    }

    private static String location(String base, String pathAndQuery) {
        return base + pathAndQuery;
    }

    /** The other CDNs that may be used, in the order of this key. */
    private static String alternates(Decision decision, String pathAndQuery) {
        Snapshot snapshot = decision.snapshot();
        if (snapshot.size() < 2) {
            return "";
        }
        StringBuilder link = new StringBuilder(256);
        int priority = 1;
        for (int place = 0; place < snapshot.size(); place++) {
            int cdn = snapshot.ranked(decision.bucket(), place);
            if (cdn != decision.cdn() && snapshot.admits(cdn, decision.bucket())) {
                link.append(link.isEmpty() ? "<" : ", <")
                        .append(snapshot.candidate(cdn).url())
                        .append(pathAndQuery)
                        .append(">; rel=duplicate; pri=")
                        .append(++priority);
            }
        }
        return link.toString();
    }
}
