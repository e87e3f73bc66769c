package io.sluice.gateway.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.cdns.EdgePath;
import io.sluice.gateway.geo.Geo;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.routing.Routes;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.Snapshot;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision for a path that is no image of the catalogue, in two other forms: a Content Steering manifest for players of HLS and DASH
 * (draft-pantos-hls-rfc8216bis section 7, ETSI TS 103 998), and headers for nginx's {@code auth_request}.
 */
@Singleton
class PathAnswers {
    static final String STEERING = "/steering/";
    static final String AUTH = "/auth";

    private static final String ORIGINAL = "X-Original-URI";
    private static final int MAX_PATH = 2048;
    private static final int PANIC_SECONDS = 2;

    private final Routes routes;
    private final Geo geo;
    private final Clients clients;
    private final Refusals refusals;
    private final ObjectMapper json;
    private final long ttlSeconds;

    PathAnswers(Routes routes, Geo geo, Clients clients, Refusals refusals, ObjectMapper json, DeliveryConfig config) {
        this.routes = routes;
        this.geo = geo;
        this.clients = clients;
        this.refusals = refusals;
        this.json = json;
        this.ttlSeconds = config.redirectMaxAge().toSeconds();
    }

    /** {@code GET /steering/{any path}[?base={pathway}]}: CDNs are pathways, the best for this client and path first. */
    void steer(HttpServerRequest request, HttpServerResponse response) {
        String path = path(request);
        if (!plain(path)) {
            refusals.malformedPath(response, "Ask for /steering/ and a path of visible ASCII characters.");
            return;
        }
        Snapshot snapshot = snapshot(request);
        List<Integer> order = order(snapshot, path.substring(STEERING.length() - 1), request);
        if (order.isEmpty()) {
            refusals.noCdn(response);
            return;
        }
        try {
            response.putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "private, no-store")
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .end(json.writeValueAsString(manifest(request, snapshot, order)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest cannot be written", e);
        }
    }

    /** {@code GET /auth} with the header X-Original-URI: 204 with the CDN in headers, for {@code auth_request_set}. */
    void authorise(HttpServerRequest request, HttpServerResponse response) {
        String header = request.headers().get(ORIGINAL);
        String original = header == null ? "" : header;
        int mark = original.indexOf('?');
        String path = mark < 0 ? original : original.substring(0, mark);
        if (!path.startsWith("/") || !plain(path)) {
            refusals.malformedPath(response, "The header " + ORIGINAL + " must have the path that is asked for.");
            return;
        }
        Snapshot snapshot = snapshot(request);
        List<Integer> order = order(snapshot, path, request);
        if (order.isEmpty()) {
            refusals.noCdn(response);
            return;
        }
        response.setStatusCode(204)
                .putHeader("Sluice-Cdn", snapshot.candidate(order.getFirst()).name())
                .putHeader(
                        "Sluice-Cdn-Url", snapshot.candidate(order.getFirst()).url())
                .putHeader("Sluice-Market", snapshot.market());
        if (order.size() > 1) {
            response.putHeader(
                    "Sluice-Cdn-Fallback-Url", snapshot.candidate(order.get(1)).url());
        }
        response.end();
    }

    private Map<String, Object> manifest(HttpServerRequest request, Snapshot snapshot, List<Integer> order) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("VERSION", 1);
        manifest.put("TTL", snapshot.panic() ? PANIC_SECONDS : ttlSeconds);
        String base = request.getParam("base");
        Integer cloned = cdn(snapshot, base);
        manifest.put("RELOAD-URI", path(request) + (cloned == null ? "" : "?base=" + base));
        manifest.put(
                "PATHWAY-PRIORITY",
                order.stream().map(cdn -> snapshot.candidate(cdn).name()).toList());
        if (cloned != null) {
            manifest.put("PATHWAY-CLONES", clones(snapshot, cloned, order));
        }
        return manifest;
    }

    /** Pathways that the playlist does not name: the base one on another host. */
    private static List<Map<String, Object>> clones(Snapshot snapshot, int base, List<Integer> order) {
        List<Map<String, Object>> clones = new ArrayList<>();
        for (int cdn : order) {
            if (cdn != base) {
                clones.add(Map.of(
                        "BASE-ID",
                        snapshot.candidate(base).name(),
                        "ID",
                        snapshot.candidate(cdn).name(),
                        "URI-REPLACEMENT",
                        Map.of("HOST", URI.create(snapshot.candidate(cdn).url()).getAuthority())));
            }
        }
        return clones;
    }

    private static @Nullable Integer cdn(Snapshot snapshot, @Nullable String name) {
        for (int cdn = 0; cdn < snapshot.size(); cdn++) {
            if (snapshot.candidate(cdn).name().equals(name)) {
                return cdn;
            }
        }
        return null;
    }

    private Snapshot snapshot(HttpServerRequest request) {
        return routes.current().of(geo.table().country(clients.of(request)));
    }

    /** The CDNs that may be used, the chosen one first. */
    private List<Integer> order(Snapshot snapshot, String path, HttpServerRequest request) {
        long hash = Hash64.of(EdgePath.key(path));
        int bucket = Snapshot.bucketOf(hash);
        Ip client = clients.of(request);
        List<Integer> order = new ArrayList<>();
        int chosen = snapshot.choose(hash, client.high() ^ client.low());
        if (chosen != Snapshot.NONE) {
            order.add(chosen);
        }
        for (int place = 0; place < snapshot.size(); place++) {
            int cdn = snapshot.ranked(bucket, place);
            if (cdn != chosen && snapshot.admits(cdn, bucket)) {
                order.add(cdn);
            }
        }
        return order;
    }

    private static String path(HttpServerRequest request) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        return mark < 0 ? uri : uri.substring(0, mark);
    }

    private static boolean plain(String path) {
        return path.length() <= MAX_PATH && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
