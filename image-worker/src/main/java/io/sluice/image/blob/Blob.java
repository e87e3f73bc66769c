package io.sluice.image.blob;

import java.time.Instant;

/**
 * What is known of a stored object.
 *
 * @param key its name: segments joined by {@code /}
 * @param bytes its size
 * @param modified when it was last put, by the store's own clock; at least whole seconds
 */
public record Blob(String key, long bytes, Instant modified) {}
