package io.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An edge that is Debian's nginx with {@code proxy_cache}. It writes the JSON log that metrics-service takes in. */
final class NginxEdge extends ProcessEdge {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"), Path.of("/usr/local/sbin/nginx"));

    private final Layout layout;
    private final Ports ports;
    private final Path program;
    private final String purgeSecret;

    /** @param purgeSecret with it a request goes around the cache and replaces what is in it */
    NginxEdge(Layout layout, Ports ports, String name, Path program, String purgeSecret) {
        super(name);
        this.layout = layout;
        this.ports = ports;
        this.program = program;
        this.purgeSecret = purgeSecret;
    }

    /** How an edge is purged: nginx has no PURGE without a module, the edge that stands in for it has. */
    static String purge() {
        return program().isPresent() ? "refetch" : "method";
    }

    /** Where nginx is; empty when it is not installed, or {@code SLUICE_EDGES=vertx} asks for other edges. */
    static Optional<Path> program() {
        if ("vertx".equals(System.getenv("SLUICE_EDGES"))) {
            return Optional.empty();
        }
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    Child launch(Duration delay) {
        Path home = layout.state(name());
        try {
            Files.createDirectories(home);
            Layout.writePrivate(home.resolve("nginx.conf"), configuration(delay));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Child.start(
                layout,
                name(),
                List.of(
                        program.toString(),
                        "-p",
                        home.toString(),
                        "-c",
                        home.resolve("nginx.conf").toString()),
                Map.of(),
                home);
    }

    @Override
    public String kind() {
        try {
            Process process = new ProcessBuilder(program.toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return line.substring(line.indexOf(':') + 1).trim();
        } catch (IOException e) {
            return "nginx";
        }
    }

    private String configuration(Duration delay) {
        Path home = layout.state(name());
        String name = name();
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        String delayed = delay.isZero() ? "" : "auth_request /_delay;";
        return """
                daemon off;
                %s
                worker_processes 1;
                pid %s/nginx.pid;
                error_log %s warn;
                events { worker_connections 1024; }
                http {
                  log_format sluice escape=json '{"time":"$time_iso8601","method":"$request_method","path":"$uri",'
                    '"status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,"ttfb":"$upstream_header_time",'
                    '"cache":"$upstream_cache_status","cdn":"%s"}';
                  access_log %s sluice;
                  client_body_temp_path %s/tmp-body;
                  proxy_temp_path %s/tmp-proxy;
                  fastcgi_temp_path %s/tmp-fastcgi;
                  uwsgi_temp_path %s/tmp-uwsgi;
                  scgi_temp_path %s/tmp-scgi;
                  proxy_cache_path %s/cache levels=1:2 keys_zone=variants:8m max_size=512m inactive=7d use_temp_path=off;
                  map $upstream_cache_status $cache_status {
                    HIT "%s; hit"; STALE "%s; hit; detail=stale";
                    REVALIDATED "%s; hit; detail=revalidated"; EXPIRED "%s; fwd=stale"; MISS "%s; fwd=uri-miss";
                    default "%s; fwd=bypass";
                  }
                  map $http_sluice_purge $sluice_purge { default 0; "~^%s$" 1; }
                  upstream origin { server 127.0.0.1:%d max_fails=0; keepalive 16; }
                  server {
                    listen 127.0.0.1:%d;
                    add_header Cache-Status $cache_status always;
                    if ($sluice_purge) { rewrite ^ /_purge$uri last; }
                    location ^~ /_purge/ {
                      internal;
                      rewrite ^/_purge(/.*)$ $1 break;
                      proxy_pass http://origin;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_cache variants;
                      proxy_cache_key $uri;
                      # Whatever comes replaces the old object, an error included, and is out of date a second later.
                      proxy_cache_bypass 1;
                      proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;
                      proxy_cache_valid any 1s;
                    }
                    location /v/ {
                      %s
                      proxy_pass http://origin;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_connect_timeout 2s;
                      proxy_read_timeout 30s;
                      proxy_cache variants;
                      # The path is the whole key: the query carries only the signature, which the origin checks on a miss.
                      proxy_cache_key $uri;
                      proxy_cache_lock on;
                      # Not while updating: a redirect to a format that is not made yet must not outlive its seconds.
                      proxy_cache_use_stale error timeout http_500 http_502 http_503 http_504;
                    }
                    location = /_delay { internal; proxy_pass http://127.0.0.1:%d/_delay?ms=%d; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
                    location / { return 404; }
                  }
                }
                """.formatted(
                        user,
                        home,
                        layout.logs().resolve(name + ".error.log"),
                        name,
                        accessLog(layout, name),
                        home,
                        home,
                        home,
                        home,
                        home,
                        home,
                        name,
                        name,
                        name,
                        name,
                        name,
                        name,
                        purgeSecret,
                        ports.service(Service.IMAGE_WORKER),
                        ports.edge(name),
                        delayed,
                        ports.control(),
                        delay.toMillis());
    }

    /** Where an edge logs its requests, one JSON object a line. */
    static Path accessLog(Layout layout, String name) {
        return layout.logs().resolve(name + ".access.log");
    }
}
