package io.sluice.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Where a team's photographs are before Sluice: a plain HTTP server with the samples. */
final class PhotoOrigin implements AutoCloseable {
    private final HttpServer server;
    private final Path folder;

    PhotoOrigin(Layout layout, Ports ports) {
        folder = layout.photos();
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.photoOrigin()), 64);
        } catch (IOException e) {
            throw new Remedy(
                    "The photo origin cannot listen on port " + ports.photoOrigin() + ": " + e.getMessage() + ".", e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** File names of the photographs. */
    List<String> photos() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jpg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Remedy("The sample photographs are missing (" + folder + "): check the repository out again.", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            if (!photos().contains(name)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Path file = folder.resolve(name);
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                Files.copy(file, body);
            }
        }
    }
}
