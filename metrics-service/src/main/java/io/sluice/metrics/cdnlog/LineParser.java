package io.sluice.metrics.cdnlog;

/** Reads lines of one format. Safe for use by several threads. */
interface LineParser {
    /**
     * @param bytes where the line is, from {@code offset} on, without its end
     * @throws MalformedLine when it is not a line of this format
     */
    LoggedRequest parse(byte[] bytes, int offset, int length) throws MalformedLine;
}
