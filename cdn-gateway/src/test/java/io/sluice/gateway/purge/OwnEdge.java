package io.sluice.gateway.purge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cache of one's own that holds one old object until it is told to drop it with the right secret. */
final class OwnEdge implements AutoCloseable {
    private final int port = FreePorts.next();
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean holds = true;
    private volatile boolean deaf;

    OwnEdge() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Says yes to purges and does nothing. */
    void deafen() {
        deaf = true;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String ban = exchange.getRequestHeaders().getFirst("Sluice-Ban-Path");
        String tag = exchange.getRequestHeaders().getFirst("Sluice-Ban-Tag");
        boolean knows = "edge-secret".equals(exchange.getRequestHeaders().getFirst("Sluice-Purge"));
        if (!exchange.getRequestURI().getPath().equals("/v/canary")) {
            requests.add(method + " " + exchange.getRequestURI() + (ban == null ? "" : " path " + ban)
                    + (tag == null ? "" : " tag " + tag));
        }
        int status = 200;
        if (method.equals("PURGE") || method.equals("BAN") || (method.equals("GET") && knows)) {
            status = knows ? 200 : 403;
            holds = holds && !(knows && !deaf);
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Cache-Status", holds ? "edge; hit" : "edge; fwd=uri-miss");
            if (holds) {
                exchange.getResponseHeaders().set("Age", "3600");
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
