package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testkit.http.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * optimizer-service as packaged, with PostgreSQL. Each receiver registers, holds a stream, and acknowledges what it read over a
 * connection that it keeps. Signatures are not verified: each receiver does that with a processor of its own.
 */
final class SluiceBroadcaster implements Broadcaster, EventReceivers.Listener {
    private static final byte[] DIRECTIVE = "event: directive\n".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REGISTERING_AT_ONCE = 32;
    private static final int OTHER_FILES = 1500;

    private final int port = FreePorts.next();
    private final Vertx vertx;
    private final Installation installation;
    private final ServerProcess process;
    private final EventReceivers streams;
    private List<KeptConnection> connections = List.of();
    private volatile Round round = new Round(0, new Arrivals(1), new Arrivals(1));
    private volatile @Nullable Known known;
    private int receivers;
    private int published;

    SluiceBroadcaster(Vertx vertx, Installation installation) {
        this.vertx = vertx;
        this.installation = installation;
        this.process = installation.optimizer(port, Map.of());
        this.streams = new EventReceivers(vertx, this);
    }

    /** What is waited for: a directive above this generation. */
    private record Round(long above, Arrivals received, Arrivals acknowledged) {}

    /** A directive that was read once; everybody else compares bytes. */
    private record Known(ByteBuffer frame, long generation, String acknowledgement) {
        boolean is(byte[] bytes, int from, int to) {
            return frame.equals(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    @Override
    public String name() {
        return "Sluice, durable acknowledgements";
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public boolean onJvm() {
        return true;
    }

    /** Bytes of a directive on the stream. */
    int frameBytes() {
        Known last = known;
        return last == null ? 0 : last.frame().remaining();
    }

    /** As many connections for acknowledgements as the limit of open files leaves, at most one for each receiver. */
    static int connections(int receivers, int mostOpenFiles) {
        int left = mostOpenFiles - receivers - OTHER_FILES;
        if (left < 1) {
            throw new CannotMeasure(receivers + " receivers need more than " + mostOpenFiles
                    + " open files: raise the limit (ulimit -Hn).");
        }
        return Math.min(receivers, left);
    }

    @Override
    public void prepare(int count) {
        receivers = count;
        connections = KeptConnection.open(vertx, port, connections(count, Machine.mostOpenFiles()));
        register();
    }

    @Override
    public void connect(int count) {
        round = new Round(0, new Arrivals(count), new Arrivals(count));
        streams.open(port, count, receiver -> request("GET", "/api/v1/directives/stream?worker=" + id(receiver), ""));
        round.received().await("Reading what is in force");
        round.acknowledged().await("Acknowledging what is in force");
    }

    @Override
    public Spread publish() {
        Known before = known;
        Round next =
                new Round(before == null ? 0 : before.generation(), new Arrivals(receivers), new Arrivals(receivers));
        round = next;
        double level = 1 + published++ % 190 / 100.0;
        long asked = System.nanoTime();
        try (Api api = installation.api()) {
            api.post(
                    "http://127.0.0.1:" + port + "/api/v1/overrides",
                    Map.of(
                            "axis", "egress",
                            "kind", "PIN",
                            "level", level,
                            "ttl", "PT1H",
                            "reason", "benchmark"));
        }
        long[] received = next.received().await("Receiving");
        long[] acknowledged = next.acknowledged().await("Acknowledging");
        return new Spread(asked, received, Arrays.stream(acknowledged).max().orElseThrow());
    }

    @Override
    public void frame(int receiver, byte[] bytes, int from, int to, long nanos) {
        int start = indexOf(bytes, from, to);
        if (start < 0) {
            return;
        }
        Known directive = known;
        if (directive == null || !directive.is(bytes, start, to)) {
            directive = learn(Arrays.copyOfRange(bytes, start, to));
        }
        Round now = round;
        if (directive.generation() > now.above()) {
            now.received().arrived(receiver, nanos);
            connections
                    .get(receiver % connections.size())
                    .send(
                            request("POST", "/api/v1/workers/" + id(receiver) + "/acks", directive.acknowledgement()),
                            status -> acknowledged(now, receiver, status));
        }
    }

    @Override
    public void lost(int receiver, String why) {
        round.received().fail("Receiver " + receiver + " lost its stream: " + why + ".");
    }

    @Override
    public void close() {
        streams.close();
        process.close();
    }

    private static void acknowledged(Round of, int receiver, int status) {
        if (status == 204) {
            of.acknowledged().arrived(receiver, System.nanoTime());
        } else {
            of.acknowledged().fail("An acknowledgement was answered " + status + ".");
        }
    }

    private void register() {
        Arrivals registered = new Arrivals(receivers);
        for (int lane = 0; lane < Math.min(REGISTERING_AT_ONCE, connections.size()); lane++) {
            register(lane, lane, registered);
        }
        registered.await("Registering");
    }

    /** One after the other on each connection. */
    private void register(int lane, int receiver, Arrivals registered) {
        if (receiver >= receivers) {
            return;
        }
        String body = "{\"id\":\"" + id(receiver) + "\",\"bootId\":\"boot\",\"service\":\"image-worker\","
                + "\"version\":\"1\",\"profiles\":[],\"levers\":[\"quality\"]}";
        connections.get(lane).send(request("POST", "/api/v1/workers", body), status -> {
            if (status == 200) {
                registered.arrived(receiver, System.nanoTime());
                register(lane, receiver + REGISTERING_AT_ONCE, registered);
            } else {
                registered.fail("A registration was answered " + status + ".");
            }
        });
    }

    private synchronized Known learn(byte[] frame) {
        Known last = known;
        if (last != null && last.is(frame, 0, frame.length)) {
            return last;
        }
        String text = new String(frame, StandardCharsets.UTF_8);
        String data = text.substring(text.indexOf("\ndata: ") + 7).strip();
        try {
            byte[] payload = Base64.getUrlDecoder()
                    .decode(JSON.readTree(data).path("payload").asText());
            JsonNode directive = JSON.readTree(payload);
            Known read = new Known(
                    ByteBuffer.wrap(frame), directive.path("generation").asLong(), acknowledgement(directive));
            known = last == null || read.generation() > last.generation() ? read : last;
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String acknowledgement(JsonNode directive) {
        ObjectNode body = JSON.createObjectNode().put("bootId", "boot").put("status", "APPLIED");
        body.putArray("ignored");
        List.of("scope", "epoch", "generation", "contentHash").forEach(name -> body.set(name, directive.path(name)));
        return body.toString();
    }

    private Buffer request(String method, String path, String body) {
        String head = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + installation.token() + "\r\n";
        return Buffer.buffer(
                body.isEmpty()
                        ? head + "Accept: text/event-stream\r\n\r\n"
                        : head + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body);
    }

    private static String id(int receiver) {
        return "w-" + receiver;
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        int last = Math.min(to - DIRECTIVE.length, from + 600);
        for (int i = from; i <= last; i++) {
            if (bytes[i] == 'e' && Arrays.equals(bytes, i, i + DIRECTIVE.length, DIRECTIVE, 0, DIRECTIVE.length)) {
                return i;
            }
        }
        return -1;
    }
}
