package io.sluice.image.variant;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What an encode came to; only there while its receiver looks at it. */
public sealed interface Encoded {
    /** Size in bytes. */
    long length();

    /** Bytes of native memory. */
    record InMemory(ByteBuffer bytes) implements Encoded {
        @Override
        public long length() {
            return bytes.remaining();
        }
    }

    /**
     * A complete temporary file in the store's file system; the receiver may move it away.
     *
     * @param file where it is
     * @param length its size in bytes
     */
    record InFile(Path file, long length) implements Encoded {}
}
