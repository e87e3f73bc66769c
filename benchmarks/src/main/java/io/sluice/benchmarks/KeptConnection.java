package io.sluice.benchmarks;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/** One kept connection: requests go out as they come, answers come back in their order (RFC 9112, section 9.3.2). */
final class KeptConnection implements Handler<Buffer> {
    private static final String HEAD_END = "\r\n\r\n";
    private static final int OPENING_AT_ONCE = 200;
    private static final String LENGTH = "content-length:";

    private final NetSocket socket;
    private final Queue<IntConsumer> waiting = new ArrayDeque<>();
    private Buffer begun = Buffer.buffer();

    KeptConnection(NetSocket socket) {
        this.socket = socket;
        socket.handler(this);
        socket.closeHandler(closed -> abandon());
        socket.exceptionHandler(failed -> abandon());
    }

    /** Opens some, a few hundred at a time; returns when all are open. */
    static List<KeptConnection> open(Vertx vertx, int port, int count) {
        NetClient client = vertx.createNetClient();
        List<KeptConnection> open = Collections.synchronizedList(new ArrayList<>());
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        Arrivals all = new Arrivals(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            opening.acquireUninterruptibly();
            client.connect(port, "127.0.0.1").onComplete(connected -> {
                opening.release();
                if (connected.succeeded()) {
                    open.add(new KeptConnection(connected.result()));
                    all.arrived(number, System.nanoTime());
                } else {
                    all.fail("A connection cannot be opened: " + connected.cause() + ".");
                }
            });
        }
        all.await("Connecting");
        return List.copyOf(open);
    }

    /** Sends a whole request; {@code answered} is told the status, 0 when the connection was lost. */
    void send(Buffer request, IntConsumer answered) {
        synchronized (waiting) {
            waiting.add(answered);
            socket.write(request);
        }
    }

    @Override
    public void handle(Buffer data) {
        begun.appendBuffer(data);
        String text = begun.toString(StandardCharsets.ISO_8859_1);
        int from = 0;
        int head = text.indexOf(HEAD_END);
        while (head >= 0 && head + HEAD_END.length() + bodyLength(text, from, head) <= text.length()) {
            answered(Integer.parseInt(text.substring(from + 9, from + 12))); // behind "HTTP/1.1 "
            from = head + HEAD_END.length() + bodyLength(text, from, head);
            head = text.indexOf(HEAD_END, from);
        }
        begun = from == text.length() ? Buffer.buffer() : begun.getBuffer(from, text.length());
    }

    private static int bodyLength(String text, int from, int to) {
        String head = text.substring(from, to).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf('\r', at);
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .trim());
    }

    private void answered(int status) {
        IntConsumer first;
        synchronized (waiting) {
            first = waiting.remove();
        }
        first.accept(status);
    }

    private void abandon() {
        synchronized (waiting) {
            waiting.forEach(answered -> answered.accept(0));
            waiting.clear();
        }
    }
}
