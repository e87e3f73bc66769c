package io.sluice.benchmarks;

import io.sluice.testkit.http.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** nginx with nchan: Server-Sent Events to everybody, in memory, without acknowledgements. */
final class NchanBroadcaster implements Broadcaster, EventReceivers.Listener {
    static final String MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so";
    /** nchan counts more than one for a receiver. */
    private static final int CONNECTIONS_EACH = 2;

    private static final String MARK = "data: ";

    private final int port = FreePorts.next();
    private final ServerProcess process;
    private final EventReceivers streams;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String padding;
    private volatile Round round = new Round(0, new Arrivals(1));
    private int receivers;

    /** What is waited for. */
    private record Round(int number, Arrivals received) {}

    /** @param bytes of a message */
    NchanBroadcaster(Vertx vertx, Path folder, int receivers, int bytes) {
        this.padding = " " + "x".repeat(bytes);
        this.process = Nginx.start(
                folder,
                "nchan",
                new Nginx.Setup(port, "load_module " + MODULE + ";", CONNECTIONS_EACH * receivers, "", """
                        location = / { return 200; }
                        location = /pub { nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 1; }
                        location = /sub { nchan_subscriber eventsource; nchan_channel_id bench; }
                        """),
                200);
        this.streams = new EventReceivers(vertx, this);
    }

    @Override
    public String name() {
        return "nchan, no acknowledgements";
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public boolean onJvm() {
        return false;
    }

    @Override
    public void connect(int count) {
        receivers = count;
        Round first = new Round(1, new Arrivals(count));
        round = first;
        send(1);
        Buffer request = Buffer.buffer("GET /sub HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
        streams.open(port, count, receiver -> request);
        first.received().await("Reading the first message");
    }

    @Override
    public Spread publish() {
        Round next = new Round(round.number() + 1, new Arrivals(receivers));
        round = next;
        long asked = System.nanoTime();
        send(next.number());
        return new Spread(asked, next.received().await("Receiving"), 0);
    }

    @Override
    public void frame(int receiver, byte[] bytes, int from, int to, long nanos) {
        Round now = round;
        String head = new String(bytes, from, Math.min(600, to - from), StandardCharsets.ISO_8859_1);
        if (head.contains(MARK + now.number() + ' ')) {
            now.received().arrived(receiver, nanos);
        }
    }

    @Override
    public void lost(int receiver, String why) {
        round.received().fail("Receiver " + receiver + " lost nchan: " + why + ".");
    }

    @Override
    public void close() {
        streams.close();
        http.close();
        process.close();
    }

    private void send(int number) {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/pub"))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .POST(BodyPublishers.ofString(number + padding))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new CannotMeasure("nchan answered " + status + " to a message.");
            }
        } catch (IOException e) {
            throw new CannotMeasure("nchan cannot be reached: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
    }
}
