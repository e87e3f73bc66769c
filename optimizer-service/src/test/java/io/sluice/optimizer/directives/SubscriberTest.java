package io.sluice.optimizer.directives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.optimizer.directives.Subscriber.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real connections: one that is never read, and others that are. */
class SubscriberTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FRAMES = 400;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger gaveUp = new AtomicInteger();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private int port;

    @BeforeEach
    void listen() {
        Patience patience = new Patience(Duration.ofSeconds(60), nanos::get, gaveUp::incrementAndGet);
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            request.response().setChunked(true);
            subscribers.add(new Subscriber("w", "test", vertx.getOrCreateContext(), request, patience));
        });
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_reader_that_is_stuck_costs_one_frame_of_each_kind_and_is_disconnected_while_others_get_all()
            throws Exception {
        Socket stuck = subscribe();
        Subscriber stuckSide = subscribers.getFirst();
        AtomicLong read = new AtomicLong();
        reading(subscribe(), read);
        // More than any buffer of the kernel takes: 400 directives of 64 KiB for three scopes by turns.
        Buffer frame = Buffer.buffer(new byte[64 * 1024]);
        for (int i = 0; i < FRAMES; i++) {
            String kind = "directive " + i % 3;
            long expected = (i + 1L) * frame.length();
            subscribers.forEach(subscriber -> subscriber.send(kind, frame));
            await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> read.get() >= expected);
        }
        await().atMost(SOON).until(() -> stuckSide.waiting() == 3);
        assertThat(gaveUp).hasValue(0);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        subscribers.forEach(subscriber -> subscriber.send("heartbeat", Buffer.buffer("h")));
        await().atMost(SOON).until(() -> gaveUp.get() == 1);
        assertThat(stuckSide.waiting()).isZero();
        await().atMost(SOON).until(() -> ended(stuck));
        await().atMost(SOON).until(() -> read.get() > (long) FRAMES * frame.length());
    }

    @Test
    void a_quiet_stream_is_kept_however_long_it_is_quiet() throws Exception {
        AtomicLong read = new AtomicLong();
        reading(subscribe(), read);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        subscribers.getFirst().send("heartbeat", Buffer.buffer("h"));
        await().atMost(SOON).until(() -> read.get() > 0);
        assertThat(gaveUp).hasValue(0);
    }

    private Socket subscribe() throws IOException {
        int before = subscribers.size();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
        await().atMost(SOON).until(() -> subscribers.size() > before);
        return socket;
    }

    private static void reading(Socket socket, AtomicLong read) {
        Thread.ofVirtual().start(() -> {
            try (InputStream in = socket.getInputStream()) {
                byte[] buffer = new byte[1 << 16];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    read.addAndGet(length);
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
    }

    /** Whether the other side has closed, once what it had sent before is read. */
    private static boolean ended(Socket socket) {
        try {
            socket.setSoTimeout(1000);
            byte[] buffer = new byte[1 << 20];
            int length = socket.getInputStream().read(buffer);
            while (length > 0) {
                length = socket.getInputStream().read(buffer);
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
