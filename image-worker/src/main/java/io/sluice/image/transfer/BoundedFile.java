package io.sluice.image.transfer;

import io.sluice.image.transfer.TransferFailed.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** A file that takes so many bytes and fails at the next. Used from one event loop. */
final class BoundedFile implements WriteStream<Buffer> {
    private final AsyncFile file;
    private final long limit;
    private long written;

    BoundedFile(AsyncFile file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        written += chunk.length();
        return written > limit
                ? Future.failedFuture(new TransferFailed(Reason.TOO_LONG, "more than " + limit + " bytes"))
                : file.write(chunk)
                        .recover(failure -> Future.failedFuture(new TransferFailed(Reason.FILE, failure.toString())));
    }

    @Override
    public void write(Buffer chunk, Handler<AsyncResult<Void>> handler) {
        write(chunk).onComplete(handler);
    }

    @Override
    public void end(@Nullable Handler<AsyncResult<Void>> handler) {
        Future<Void> closed = file.close();
        if (handler != null) {
            closed.onComplete(handler);
        }
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        file.exceptionHandler(handler);
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        file.setWriteQueueMaxSize(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return file.writeQueueFull();
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        file.drainHandler(handler);
        return this;
    }
}
