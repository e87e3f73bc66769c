package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's nginx with one worker, no log, and a configuration of the moment. */
final class Nginx {
    private Nginx() {}

    /**
     * Starts one and waits until it answers.
     *
     * @param http directives in front of the server
     * @param location what stands in {@code location /}
     * @param status it answers then
     */
    static ServerProcess start(Path folder, String name, int port, String http, String location, int status) {
        return start(folder, name, new Setup(port, "", 1024, http, "location / { " + location + " }"), status);
    }

    /**
     * @param port on loopback
     * @param main directives in front of everything else
     * @param connections it can hold
     * @param http directives in front of the server
     * @param locations of the server
     */
    record Setup(int port, String main, int connections, String http, String locations) {}

    /** Starts one and waits until {@code /} is answered with {@code status}. */
    static ServerProcess start(Path folder, String name, Setup setup, int status) {
        Path home = folder.resolve(name);
        Path file = home.resolve("nginx.conf");
        try {
            Files.createDirectories(home);
            Files.writeString(file, configuration(home, setup));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(program(), "-p", home.toString(), "-c", file.toString());
        return ServerProcess.start(name, folder, Tools.onCore(0, command), Map.of())
                .awaitAnswer("http://127.0.0.1:" + setup.port() + "/", status);
    }

    /** For example {@code 1.22.1}. */
    static String version() {
        String output = Tools.output(List.of(program(), "-v"));
        return output.substring(output.indexOf('/') + 1).strip();
    }

    private static String program() {
        return Tools.require("nginx", "nginx-light");
    }

    private static String configuration(Path home, Setup setup) {
        String user = System.getProperty("user.name", "").equals("root") ? "user root;" : "";
        return """
                %s
                daemon off;
                %s
                worker_processes 1;
                pid %s/nginx.pid;
                error_log stderr warn;
                events { worker_connections %d; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_body_temp_path %s/body;
                  proxy_temp_path %s/proxy;
                  fastcgi_temp_path %s/fastcgi;
                  uwsgi_temp_path %s/uwsgi;
                  scgi_temp_path %s/scgi;
                  %s
                  server {
                    listen 127.0.0.1:%d;
                    %s
                  }
                }
                """.formatted(
                        setup.main(),
                        user,
                        home,
                        setup.connections(),
                        home,
                        home,
                        home,
                        home,
                        home,
                        setup.http(),
                        setup.port(),
                        setup.locations());
    }
}
