package io.sluice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A CDN that is nginx before an origin, where nginx is installed, else a server of the JDK with the same answers. It can be killed. */
final class RealEdge implements AutoCloseable {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final int port = FreePorts.next();
    private final int originPort;
    private final Path home;
    private @Nullable Process nginx;
    private @Nullable HttpServer server;

    RealEdge(int originPort) {
        this.originPort = originPort;
        try {
            this.home = Files.createTempDirectory("sluice-edge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void start() {
        try {
            if (Files.isExecutable(NGINX)) {
                Files.writeString(home.resolve("nginx.conf"), configuration());
                nginx = new ProcessBuilder(
                                NGINX.toString(),
                                "-p",
                                home + "/",
                                "-c",
                                home.resolve("nginx.conf").toString(),
                                "-e",
                                "stderr")
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("nginx.out").toFile())
                        .start();
            } else {
                HttpServer started =
                        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
                started.createContext("/v/", RealEdge::answer);
                started.start();
                server = started;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At once, with all connections. */
    void kill() {
        try {
            if (nginx != null) {
                nginx.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private String configuration() {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return user + """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  upstream origin { server 127.0.0.1:%d max_fails=0; keepalive 8; }
                  server {
                    listen 127.0.0.1:%d;
                    location /v/ { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
                  }
                }
                """.formatted(originPort, port);
    }

    /** As the origin: the fallback has none behind it. */
    private static void answer(HttpExchange exchange) throws IOException {
        ThreeEdges.answer(exchange);
    }
}
