package io.sluice.gateway.delivery;

import io.netty.util.AsciiString;
import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.gateway.directives.Directives;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    /** About 1 KB each. */
    private static final int SLOTS = 8192;

    private final AtomicReferenceArray<Ready> remembered = new AtomicReferenceArray<>(SLOTS);
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
        Ready ready = ready(decision, pathAndQuery);
        response.putHeader(SERVER_TIMING, ready.timing);
        if (!ready.link.isEmpty()) {
            response.putHeader(LINK, ready.link);
        }
        if (snapshot.panic()) {
            response.putHeader(OUTCOME, "static-order");
        }
        InForce force = decision.force();
        CharSequence caching = snapshot.panic() ? SHORT : force == null ? cacheControl : caching(force);
        redirect(response, force, ready.location, caching);
    }

    /** Sends a client to the origin: no CDN may be used. */
    void toOrigin(HttpServerResponse response, Decision decision, String pathAndQuery) {
        response.putHeader(SERVER_TIMING, "cdn;desc=origin").putHeader(OUTCOME, "origin-fallback");
        redirect(response, decision.force(), location(origin.orElseThrow(), pathAndQuery), SHORT);
    }

    private static void redirect(
            HttpServerResponse response, @Nullable InForce force, CharSequence location, CharSequence caching) {
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

    /** The headers of an address on its CDN, made once for each snapshot while the address is asked for often. */
    private Ready ready(Decision decision, String pathAndQuery) {
        int hash = pathAndQuery.hashCode() + decision.cdn();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Ready known = remembered.get(slot);
        if (known != null && known.is(decision, pathAndQuery)) {
            return known;
        }
        Candidate chosen = decision.snapshot().candidate(decision.cdn());
        Ready made = new Ready(
                pathAndQuery,
                decision.snapshot(),
                decision.cdn(),
                new AsciiString(location(chosen.url(), pathAndQuery)),
                new AsciiString(alternates(decision, pathAndQuery)),
                new AsciiString("cdn;desc=" + chosen.name()));
        remembered.set(slot, made);
        return made;
    }

    private record Ready(
            String pathAndQuery,
            Snapshot snapshot,
            int cdn,
            AsciiString location,
            AsciiString link,
            AsciiString timing) {
        @SuppressWarnings(
                "ReferenceEquality") // an equal snapshot or address may be another object: it is made again then
        boolean is(Decision decision, String address) {
            return pathAndQuery == address && snapshot == decision.snapshot() && cdn == decision.cdn();
        }
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
