package io.sluice.platform.stream;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream (WHATWG HTML, section 9.2).
 *
 * @param name {@code message} when the server named none
 * @param id last id seen on this stream, null before the first
 * @param data its lines, joined by a line feed
 */
public record ServerSentEvent(String name, @Nullable String id, String data) {}
