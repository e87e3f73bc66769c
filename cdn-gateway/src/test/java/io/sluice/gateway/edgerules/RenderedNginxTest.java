package io.sluice.gateway.edgerules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rendered text in a real nginx, where one is installed. */
class RenderedNginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String IMAGE = "/v/photos/a.avif";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private final int port = FreePorts.next();
    private final int originPort = FreePorts.next();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean takenDown;

    @SuppressWarnings("NullAway.Init")
    private HttpServer origin;

    @SuppressWarnings("NullAway.Init")
    private Process nginx;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), originPort), 0);
        origin.createContext("/", this::answer);
        origin.start();
        Files.writeString(home.resolve("sluice-purge.conf"), "\"s3cret\" 1;\n");
        String rules = NginxText.of(EdgeRules.FIRST, "127.0.0.1:" + originPort)
                .replace("listen 8088", "listen 127.0.0.1:" + port);
        Files.writeString(home.resolve("rules.conf"), rules);
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        Files.writeString(home.resolve("nginx.conf"), user + """
                daemon off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  include rules.conf;
                }
                """);
        assertThat(command("-t").waitFor()).as("nginx -t").isZero();
        nginx = command();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                return get("/v/ready").statusCode() > 0;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
        if (origin != null) {
            origin.stop(0);
        }
    }

    @Test
    void keeps_objects_as_the_rules_say_where_the_origin_says_nothing() throws Exception {
        assertThat(header(get(IMAGE), "Cache-Status")).isEqualTo("sluice; fwd=uri-miss");
        HttpResponse<String> hit = get(IMAGE + "?k=other&s=signature");
        assertThat(header(hit, "Cache-Status")).isEqualTo("sluice; hit");
        assertThat(header(hit, "Cache-Control")).isEqualTo("public, max-age=31536000, s-maxage=31536000, immutable");
        assertThat(header(hit, "CDN-Cache-Control"))
                .isEqualTo("max-age=31536000, stale-while-revalidate=86400, stale-if-error=604800");
        assertThat(header(get("/api/list"), "Cache-Control")).isEqualTo("public, max-age=0, s-maxage=300");
        assertThat(header(get("/own/header"), "Cache-Control")).isEqualTo("public, max-age=30");
    }

    @Test
    void a_purge_by_refetch_needs_the_secret_and_takes_down_what_the_origin_has_no_more() throws Exception {
        get(IMAGE);
        takenDown = true;
        assertThat(get(IMAGE, "Sluice-Purge", "guessed").statusCode()).isEqualTo(200);
        HttpResponse<String> purge = get(IMAGE, "Sluice-Purge", "s3cret");
        assertThat(purge.statusCode()).isEqualTo(404);
        assertThat(header(purge, "Cache-Status")).isEqualTo("sluice; fwd=bypass");
        assertThat(get(IMAGE).statusCode()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !header(get(IMAGE), "Cache-Status").equals("sluice; hit"));
        assertThat(get(IMAGE).statusCode()).isEqualTo(404);
        takenDown = false;
        await().atMost(Duration.ofSeconds(30)).until(() -> get(IMAGE).statusCode() == 200);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = "x".getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().startsWith("/own/")) {
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=30");
        }
        if (takenDown) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
        }
        exchange.sendResponseHeaders(takenDown ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Process command(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                NGINX.toString(),
                "-p",
                home + "/",
                "-c",
                home.resolve("nginx.conf").toString(),
                "-e",
                "stderr"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("nginx.out").toFile())
                .start();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
