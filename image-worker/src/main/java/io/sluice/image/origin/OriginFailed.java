package io.sluice.image.origin;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 422, 502, 503 or 504: the origin has no such image, or did not give it. Nothing was kept. */
final class OriginFailed extends ProblemException {
    private static final long serialVersionUID = 1L;

    private OriginFailed(int status, String slug, String title, String detail, Map<String, String> headers) {
        super(status, slug, title, detail, List.of(), headers);
    }

    static OriginFailed missing(String where) {
        return new OriginFailed(
                422, "origin-not-found", "The origin has no such image", where + " says that there is none.", Map.of());
    }

    static OriginFailed answered(String where, String what) {
        return new OriginFailed(
                502, "origin-failed", "The origin did not give the image", where + ": " + what + '.', Map.of());
    }

    static OriginFailed busy(String where, String what, String retryAfterSeconds) {
        return new OriginFailed(
                503,
                "origin-busy",
                "The origin is asked too much just now",
                where + ": " + what + "; try again.",
                Map.of("Retry-After", retryAfterSeconds));
    }

    static OriginFailed wrongBytes(String where, String oid) {
        return new OriginFailed(
                502,
                "origin-wrong-bytes",
                "The origin gave other bytes than were asked for",
                where + " gave bytes whose SHA-256 is " + oid + '.',
                Map.of());
    }

    static OriginFailed tooSlow(String where) {
        return new OriginFailed(
                504,
                "origin-too-slow",
                "The origin did not give the image in time",
                where + " took longer than sluice.image.sources.timeout.",
                Map.of());
    }
}
