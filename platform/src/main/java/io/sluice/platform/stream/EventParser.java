package io.sluice.platform.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a {@code text/event-stream} into events, however they are cut. Not thread-safe. */
final class EventParser {
    private final Consumer<ServerSentEvent> sink;
    private final int limit;
    private byte[] line = new byte[256];
    private int length;
    private boolean afterCarriageReturn;
    private String name = "";
    private @Nullable String id;
    private @Nullable StringBuilder data;

    /**
     * @param limit most bytes of a line and most characters of an event; more is refused
     */
    EventParser(Consumer<ServerSentEvent> sink, int limit) {
        this.sink = sink;
        this.limit = limit;
    }

    /** @throws IllegalStateException when a line or event is over the limit */
    void feed(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                String text = new String(line, 0, length, StandardCharsets.UTF_8);
                length = 0;
                line(text);
            } else {
                append(b);
            }
        }
    }

    private void append(byte b) {
        if (length == limit) {
            throw new IllegalStateException("a line of the stream is longer than " + limit + " bytes");
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(limit, line.length * 2));
        }
        line[length++] = b;
    }

    private void line(String text) {
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        switch (field) {
            case "event" -> name = value;
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    id = value;
                }
            }
            case "data" -> {
                if (data == null) {
                    data = new StringBuilder();
                } else {
                    data.append('\n');
                }
                if (data.length() + value.length() > limit) {
                    throw new IllegalStateException("an event of the stream is longer than " + limit + " characters");
                }
                data.append(value);
            }
            default -> {
                // A field that this reader does not know.
            }
        }
    }

    private void dispatch() {
        if (data != null) {
            sink.accept(new ServerSentEvent(name.isEmpty() ? "message" : name, id, data.toString()));
        }
        name = "";
        data = null;
    }
}
