package io.sluice.image.transfer;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/** The body of a request. */
public sealed interface Payload {
    /** None. */
    record None() implements Payload {}

    /** A few bytes. */
    record Bytes(Buffer bytes) implements Payload {}

    /** A file, streamed. */
    record Whole(Path file, long length) implements Payload {}

    /** Some bytes of a file, streamed. */
    record Part(Path file, long from, long length) implements Payload {}
}
