package io.sluice.image.transfer;

import io.sluice.image.transfer.TransferFailed.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends a request and waits for the whole answer. Follows no redirect. For threads that may block, never an event loop. */
public final class Transfer {
    /** Longest body kept in memory, and of an answer that is no success. */
    public static final int SMALL = 1024 * 1024;

    private static final int CONNECT_MILLIS = 5_000;

    private final Vertx vertx;
    private final HttpClient client;

    /** @param connections most at a time to one host */
    public Transfer(Vertx vertx, int connections) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(connections)
                .setKeepAliveTimeout(20)
                .setDecompressionSupported(false));
    }

    /**
     * Exchanges bodies in memory.
     *
     * @param deadline for the whole of it
     */
    public Reply exchange(RequestOptions options, Payload payload, Duration deadline) throws IOException {
        return run(options, payload, deadline, Transfer::memory);
    }

    /**
     * Writes the body of a success to a file; the file is there only if the whole of it came.
     *
     * @param target does not exist yet
     * @param limit longest body in bytes
     * @param deadline for the whole of it
     */
    public Reply download(RequestOptions options, Path target, long limit, Duration deadline) throws IOException {
        boolean whole = false;
        try {
            Reply reply = run(
                    options,
                    new Payload.None(),
                    deadline,
                    response -> response.statusCode() / 100 == 2 ? file(response, target, limit) : memory(response));
            whole = reply.ok();
            return reply;
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
    }

    private interface Reader {
        Future<Reply> read(HttpClientResponse response);
    }

    private Reply run(RequestOptions options, Payload payload, Duration deadline, Reader reader) throws IOException {
        Exchange exchange = new Exchange();
        Future<Reply> reply = client.request(options).compose(request -> {
            exchange.begin(request);
            Future<Reply> answered = request.response().compose(reader::read);
            // A peer that refuses may answer before it has read everything.
            return send(request, payload)
                    .transform(written -> written.succeeded()
                            ? answered
                            : answered.recover(ignored -> Future.failedFuture(written.cause())));
        });
        try {
            return reply.toCompletionStage().toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.abort();
            throw new TransferFailed(Reason.TOO_SLOW, "no whole answer within " + deadline);
        } catch (InterruptedException e) {
            exchange.abort();
            Thread.currentThread().interrupt();
            throw new TransferFailed(Reason.CONNECTION, "interrupted");
        } catch (ExecutionException e) {
            exchange.abort();
            throw e.getCause() instanceof TransferFailed failed
                    ? failed
                    : new TransferFailed(Reason.CONNECTION, "no whole answer: " + e.getCause());
        }
    }

    /** Ends a request that nobody waits for any more, even one that gets its connection only afterwards. */
    private static final class Exchange {
        private @Nullable HttpClientRequest request;
        private boolean over;

        synchronized void begin(HttpClientRequest begun) {
            request = begun;
            if (over) {
                begun.reset();
            }
        }

        synchronized void abort() {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    private Future<Void> send(HttpClientRequest request, Payload payload) {
        return switch (payload) {
            case Payload.None none -> request.end();
            case Payload.Bytes bytes -> request.end(bytes.bytes());
            case Payload.Whole whole -> stream(request, whole.file(), 0, whole.length());
            case Payload.Part part -> stream(request, part.file(), part.from(), part.length());
        };
    }

    private Future<Void> stream(HttpClientRequest request, Path file, long from, long length) {
        request.putHeader("content-length", Long.toString(length));
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setRead(true).setWrite(false))
                .recover(failure -> Future.failedFuture(new TransferFailed(Reason.FILE, failure.toString())))
                .compose(opened -> opened.setReadPos(from).setReadLength(length).pipeTo(request));
    }

    private static Future<Reply> memory(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > SMALL) {
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        return response.end().map(end -> new Reply(response.statusCode(), response.headers(), body));
    }

    private Future<Reply> file(HttpClientResponse response, Path target, long limit) {
        if (announced(response) > limit) {
            return Future.failedFuture(new TransferFailed(Reason.TOO_LONG, "more than " + limit + " bytes"));
        }
        response.pause();
        return vertx.fileSystem()
                .open(target.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                .recover(failure -> Future.failedFuture(new TransferFailed(Reason.FILE, failure.toString())))
                .compose(file -> response.pipeTo(new BoundedFile(file, limit)))
                .map(end -> new Reply(response.statusCode(), response.headers(), Buffer.buffer()));
    }

    private static long announced(HttpClientResponse response) {
        String length = response.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0; // the count while reading holds
        }
    }
}
