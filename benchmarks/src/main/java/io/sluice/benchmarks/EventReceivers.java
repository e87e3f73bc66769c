package io.sluice.benchmarks;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Many readers of Server-Sent Events, each with a connection of its own and as light as can be, so that the sender is measured
 * and not they: HTTP/1.1 written by hand, frames cut at the empty line, nothing else parsed.
 */
final class EventReceivers implements AutoCloseable {
    private static final int OPENING_AT_ONCE = 200;

    private final NetClient client;
    private final Listener listener;
    private final List<NetSocket> sockets = new ArrayList<>();

    /** Is given each frame. */
    interface Listener {
        /**
         * @param receiver number of the connection, from 0
         * @param bytes holds the frame
         * @param from its first byte; what belongs to chunked encoding may stand there
         * @param to behind its last byte
         * @param nanos when it had arrived
         */
        void frame(int receiver, byte[] bytes, int from, int to, long nanos);

        /** A connection ended, or was refused. */
        void lost(int receiver, String why);
    }

    EventReceivers(Vertx vertx, Listener listener) {
        this.client = vertx.createNetClient();
        this.listener = listener;
    }

    /** Opens connections, some hundred at a time, and sends each its request. */
    void open(int port, int receivers, IntFunction<Buffer> request) {
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        for (int i = 0; i < receivers; i++) {
            int receiver = i;
            opening.acquireUninterruptibly();
            client.connect(port, "127.0.0.1").onComplete(connected -> {
                opening.release();
                if (connected.succeeded()) {
                    begin(receiver, connected.result(), request.apply(receiver));
                } else {
                    listener.lost(receiver, connected.cause().toString());
                }
            });
        }
    }

    @Override
    public void close() {
        synchronized (sockets) {
            sockets.forEach(socket -> {
                socket.closeHandler(null);
                socket.close();
            });
        }
        client.close();
    }

    private void begin(int receiver, NetSocket socket, Buffer request) {
        synchronized (sockets) {
            sockets.add(socket);
        }
        socket.handler(new Frames(receiver, listener));
        socket.closeHandler(closed -> listener.lost(receiver, "the sender closed the stream"));
        socket.exceptionHandler(failure -> listener.lost(receiver, failure.toString()));
        socket.write(request);
    }

    /** Cuts what arrives into frames; keeps the beginning of one that is not whole yet. */
    private static final class Frames implements Handler<Buffer> {
        private final int receiver;
        private final Listener listener;
        private @Nullable Buffer begun;

        Frames(int receiver, Listener listener) {
            this.receiver = receiver;
            this.listener = listener;
        }

        @Override
        public void handle(Buffer data) {
            long now = System.nanoTime();
            byte[] bytes =
                    begun == null ? data.getBytes() : begun.appendBuffer(data).getBytes();
            int from = 0;
            for (int i = 1; i < bytes.length; i++) {
                if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
                    listener.frame(receiver, bytes, from, i, now);
                    from = i + 1;
                }
            }
            begun = from == bytes.length ? null : Buffer.buffer().appendBytes(bytes, from, bytes.length - from);
        }
    }
}
