package io.sluice.metrics.cdnlog;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines without holding more than one of them, and takes its SHA-256 on the way. */
final class LogReader {
    /** Longest line, in bytes; nginx' own limit for a request line is 8 KiB. */
    static final int MAX_LINE = 64 << 10;

    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[2 * MAX_LINE];
    private final LogAggregate into;
    private @Nullable LineParser parser;
    private boolean skipping;

    /** @param format empty to tell by the first line */
    LogReader(LogAggregate into, Optional<LogFormat> format) {
        this.into = into;
        this.parser = format.map(LogFormat::parser).orElse(null);
    }

    /**
     * Reads to the end.
     *
     * @return SHA-256 of all bytes, in hex
     * @throws IOException when the stream fails
     */
    String read(InputStream in) throws IOException {
        int held = 0;
        int count;
        while ((count = in.read(buffer, held, buffer.length - held)) >= 0) {
            digest.update(buffer, held, count);
            held = takeLines(held + count);
        }
        if (held > 0) {
            line(0, held);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Takes all whole lines of the buffer; answers how many bytes are left at its beginning. */
    private int takeLines(int end) {
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (buffer[i] == '\n') {
                line(start, i);
                start = i + 1;
            }
        }
        if (start == 0 && end > MAX_LINE) {
            if (!skipping) {
                into.addTooLong();
                skipping = true;
            }
            return 0;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        return end - start;
    }

    private void line(int start, int end) {
        if (skipping) {
            skipping = false; // the rest of a line that was too long
            return;
        }
        int stop = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        if (stop == start) {
            into.skipBlank();
            return;
        }
        if (stop - start > MAX_LINE) {
            into.addTooLong();
            return;
        }
        LineParser chosen = parser;
        if (chosen == null) {
            chosen = LogFormat.startingWith(buffer[start]).parser();
            parser = chosen;
        }
        into.add(chosen, buffer, start, stop - start);
    }

    /** The batch id of a body that has none: its content. */
    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
