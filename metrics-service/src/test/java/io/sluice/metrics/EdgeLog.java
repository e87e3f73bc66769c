package io.sluice.metrics;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines as the edges write them. */
public final class EdgeLog {
    private EdgeLog() {}

    public static String line(String cdn, Instant at, int status, long bytes, double seconds, String cache) {
        return """
                {"time":"%s","method":"GET","path":"/v/demo/%s/e1-q60-w640.avif","status":%d,"bytes":%d,"seconds":%s,\
                "ttfb":"-","cache":"%s","cdn":"%s"}""".formatted(at, "0".repeat(64), status, bytes, seconds, cache, cdn);
    }

    public static String lines(int count, String cdn, Instant at, int status, long bytes, String cache) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> line(cdn, at, status, bytes, i / 1000.0, cache))
                .collect(Collectors.joining("\n"));
    }
}
