package io.sluice.metrics.cdnlog;

import io.sluice.platform.problem.InvalidRequest;
import java.util.Locale;
import java.util.Optional;

/** The formats that are read. */
enum LogFormat {
    /** JSON lines of Sluice's edges. */
    EDGE_JSON,
    /** Common and combined log format, as Apache and nginx write it. */
    COMBINED;

    /** A parser for it. */
    LineParser parser() {
        return switch (this) {
            case EDGE_JSON -> new EdgeJsonParser();
            case COMBINED -> new CombinedParser();
        };
    }

    /** The format of a name; empty for {@code auto}, which is decided by the first line. */
    static Optional<LogFormat> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.empty();
            case "edge-json" -> Optional.of(EDGE_JSON);
            case "combined" -> Optional.of(COMBINED);
            default -> throw new InvalidRequest("format", "must be auto, edge-json or combined");
        };
    }

    /** The format of a log whose first line begins with this byte. */
    static LogFormat startingWith(byte first) {
        return first == '{' ? EDGE_JSON : COMBINED;
    }
}
