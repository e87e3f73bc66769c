package io.sluice.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sends each edge's log to metrics-service about every second, whole lines only. A batch's id is the file and the place in it, so
 * one that is sent twice is counted once; the place is written down after metrics-service has taken the batch.
 */
final class EdgeLogShipper implements AutoCloseable {
    private static final int MOST = 1 << 20;

    private final Layout layout;
    private final URI intake;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread thread;
    private volatile boolean stopped;

    EdgeLogShipper(Layout layout, Ports ports, Secrets secrets) {
        this.layout = layout;
        this.intake = URI.create("http://127.0.0.1:" + ports.service(Service.METRICS_SERVICE) + "/api/v1/cdn/logs");
        this.token = secrets.token("service");
        this.thread = Thread.ofPlatform().daemon().name("edge-logs").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopped) {
            boolean more = false;
            for (String edge : Edge.NAMES) {
                try {
                    more |= ship(edge);
                } catch (IOException e) {
                    // metrics-service is away; the place in the file is not moved, so nothing is lost.
                } catch (InterruptedException e) {
                    return;
                }
            }
            try {
                if (!more) {
                    Thread.sleep(1_000);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Sends the next batch of one edge; tells whether there was one. */
    private boolean ship(String edge) throws IOException, InterruptedException {
        Path log = NginxEdge.accessLog(layout, edge);
        Path position = layout.state("edge-logs").resolve(edge + ".position");
        long from = Files.exists(position)
                ? Long.parseLong(Files.readString(position).trim())
                : 0;
        byte[] batch = lines(log, from);
        if (batch.length == 0) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(intake + "?cdn=" + edge + "&format=edge-json"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", edge + "@" + Files.getAttribute(log, "unix:ino") + "+" + from)
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            return false;
        }
        Files.createDirectories(position.getParent());
        Files.writeString(position, Long.toString(from + batch.length));
        return true;
    }

    private static byte[] lines(Path log, long from) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= from) {
            return new byte[0];
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) Math.min(MOST, file.length() - from)];
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return Arrays.copyOf(bytes, end);
        }
    }
}
