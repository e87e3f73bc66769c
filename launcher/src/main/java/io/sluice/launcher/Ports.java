package io.sluice.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every port the suite listens on.
 *
 * @param offset added to each, so that a second suite or another program can be kept apart
 */
record Ports(int offset) {
    Ports {
        if (offset < 0 || offset > 50_000) {
            throw new Remedy("--port-offset must be 0-50000, was " + offset + ".");
        }
    }

    int service(Service service) {
        return offset + service.port();
    }

    int delivery() {
        return offset + 8080;
    }

    int edge(String name) {
        return offset + (name.equals("edge-a") ? 8181 : 8182);
    }

    /** Base address of an edge. */
    String edgeUrl(String name) {
        return "http://127.0.0.1:" + edge(name);
    }

    int photoOrigin() {
        return offset + 8190;
    }

    int github() {
        return offset + 8191;
    }

    int webhookSink() {
        return offset + 8192;
    }

    int control() {
        return offset + 8199;
    }

    int postgres() {
        return offset + 15432;
    }

    /** Name and number of each. */
    Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("PostgreSQL", postgres());
        all.put("cdn-gateway (delivery)", delivery());
        for (Service service : Service.values()) {
            all.put(service.id(), service(service));
        }
        all.put("edge-a", edge("edge-a"));
        all.put("edge-b", edge("edge-b"));
        all.put("photo origin", photoOrigin());
        all.put("recorded GitHub", github());
        all.put("webhook sink", webhookSink());
        all.put("launcher", control());
        return all;
    }

    /** @throws Remedy naming the first port that somebody else listens on */
    void requireFree() {
        all().forEach((name, port) -> {
            if (taken(port)) {
                throw new Remedy("Port " + port + " (" + name + ") is taken by another program: stop that program,"
                        + " or start Sluice with ./sluice up --port-offset 1000.");
            }
        });
    }

    private static boolean taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress((InetAddress) null, port), 1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
