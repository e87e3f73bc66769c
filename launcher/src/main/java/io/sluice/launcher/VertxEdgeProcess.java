package io.sluice.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Instant;

/**
 * A caching reverse proxy of Vert.x' own parts. Its cache key is the whole address, the signature included; otherwise it behaves
 * and logs as the nginx edge does.
 */
final class VertxEdgeProcess {
    /** Environment variable with what a {@code PURGE} must bring in {@code Sluice-Purge}. */
    static final String PURGE_SECRET = "SLUICE_EDGE_PURGE";

    private static final String MISSED = "sluice.missed";
    private static final int MOST = 2_000;

    private final Vertx vertx = Vertx.vertx();
    private final String name;
    private final AsyncFile log;
    private final HttpProxy proxy;
    private final PurgeableCache cache = new PurgeableCache(MOST);
    private final String purgeSecret = System.getenv().getOrDefault(PURGE_SECRET, "");
    private final long delayMillis;

    private VertxEdgeProcess(String name, int originPort, String logFile, long delayMillis) {
        this.name = name;
        this.delayMillis = delayMillis;
        this.log = vertx.fileSystem().openBlocking(logFile, new OpenOptions().setAppend(true));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setReadIdleTimeout(30),
                new PoolOptions().setHttp1MaxSize(64));
        this.proxy = HttpProxy.reverseProxy(new ProxyOptions().setCacheOptions(cache), client);
        proxy.origin(originPort, "127.0.0.1");
        proxy.addInterceptor(new NotesMisses());
    }

    /** Arguments: name, port, port of the origin, log file, delay in milliseconds. */
    public static void main(String[] args) {
        VertxEdgeProcess edge =
                new VertxEdgeProcess(args[0], Integer.parseInt(args[2]), args[3], Long.parseLong(args[4]));
        edge.vertx
                .createHttpServer()
                .requestHandler(edge::handle)
                .listen(Integer.parseInt(args[1]), "127.0.0.1")
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }

    private void handle(HttpServerRequest request) {
        long start = System.nanoTime();
        String path = request.path();
        if (path == null || !path.startsWith("/v/")) {
            request.response().setStatusCode(404).end();
            return;
        }
        if (request.method().name().equals("PURGE")) {
            purge(request, path);
            return;
        }
        boolean[] missed = new boolean[1];
        request.headers().add(MISSED, "0");
        request.response().headersEndHandler(ignored -> {
            missed[0] = "1".equals(request.getHeader(MISSED));
            request.response().putHeader("Cache-Status", missed[0] ? name + "; fwd=uri-miss" : name + "; hit");
        });
        request.response().endHandler(ignored -> write(request, start, missed[0]));
        if (delayMillis == 0) {
            proxy.handle(request);
        } else {
            request.pause();
            vertx.setTimer(delayMillis, ignored -> {
                request.resume();
                proxy.handle(request);
            });
        }
    }

    private void purge(HttpServerRequest request, String path) {
        boolean may = !purgeSecret.isEmpty() && purgeSecret.equals(request.getHeader("Sluice-Purge"));
        if (may) {
            cache.purge(path);
        }
        request.response().setStatusCode(may ? 204 : 403).end();
    }

    private void write(HttpServerRequest request, long start, boolean missed) {
        JsonObject line = new JsonObject()
                .put("time", Instant.now().toString())
                .put("method", request.method().name())
                .put("path", request.path())
                .put("status", request.response().getStatusCode())
                .put("bytes", request.response().bytesWritten())
                .put("seconds", (System.nanoTime() - start) / 1e9)
                .put("ttfb", "")
                .put("cache", missed ? "MISS" : "HIT")
                .put("cdn", name);
        log.write(Buffer.buffer(line.encode()).appendString("\n"));
    }

    /** Stands behind the cache, so it sees only what the cache did not have. */
    private static final class NotesMisses implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            context.request().proxiedRequest().headers().set(MISSED, "1");
            context.request().headers().remove(MISSED);
            return context.sendRequest();
        }
    }
}
