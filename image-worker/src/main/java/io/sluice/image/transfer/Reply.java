package io.sluice.image.transfer;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A whole answer.
 *
 * @param status of HTTP
 * @param headers names in any case
 * @param body what was not written to a file; at most {@link Transfer#SMALL} bytes of it
 */
public record Reply(int status, MultiMap headers, Buffer body) {
    /** Whether the status is 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }
}
