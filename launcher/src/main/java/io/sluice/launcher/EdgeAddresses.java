package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells the gateway where the edges are now: its CDNs are data since the first start, and the ports may be others, or nginx may have
 * come or gone. Whatever else was set of them stays.
 */
final class EdgeAddresses {
    private static final Duration PROBED = Duration.ofSeconds(20);

    private final Ports ports;
    private final Api api;

    EdgeAddresses(Ports ports, Secrets secrets) {
        this.ports = ports;
        this.api = new Api(secrets.token("operator"));
    }

    /** Returns when the edges that moved were found where they are. */
    void tell() {
        try {
            for (String edge : Edge.NAMES) {
                JsonNode known = known(edge);
                ObjectNode now = now(edge, known);
                if (known.has("url") && !unchanged(known, now)) {
                    move(edge, now);
                }
            }
            for (String edge : Edge.NAMES) {
                await(edge);
            }
        } catch (IOException e) {
            throw new Remedy("cdn-gateway could not be told where the edges are: " + e.getMessage() + ".", e);
        }
    }

    /** The edge as the gateway knows it; without a url when an operator has taken it away. */
    private JsonNode known(String edge) throws IOException {
        return api.get(url(edge)).json();
    }

    private ObjectNode now(String edge, JsonNode known) {
        ObjectNode now = Api.JSON.createObjectNode().put("url", ports.edgeUrl(edge));
        for (String kept : new String[] {"weight", "probe", "kind", "credential"}) {
            if (known.hasNonNull(kept)) {
                now.set(kept, known.get(kept));
            }
        }
        ObjectNode settings = now.putObject("settings");
        known.path("settings").properties().forEach(setting -> settings.set(setting.getKey(), setting.getValue()));
        settings.put("purge", NginxEdge.purge());
        return now;
    }

    private static boolean unchanged(JsonNode known, ObjectNode now) {
        return known.path("url").equals(now.path("url"))
                && known.path("settings").equals(now.path("settings"));
    }

    private void move(String edge, ObjectNode now) throws IOException {
        Api.Answer answer = api.send("PUT", url(edge), now);
        if (answer.status() / 100 != 2) {
            throw new IOException(edge + " was answered " + answer.status());
        }
    }

    /** Goes on all the same when it does not come: a drained edge is nobody's fault. */
    private void await(String edge) throws IOException {
        long deadline = System.nanoTime() + PROBED.toNanos();
        while (known(edge).path("status").asText().equals("UNREACHABLE") && System.nanoTime() < deadline) {
            Narrator.pause(Duration.ofMillis(100));
        }
    }

    private String url(String edge) {
        return "http://127.0.0.1:" + ports.service(Service.CDN_GATEWAY) + "/api/v1/cdns/" + edge;
    }
}
