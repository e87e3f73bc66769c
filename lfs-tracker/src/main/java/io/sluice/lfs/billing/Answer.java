package io.sluice.lfs.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of asking GitHub for one day. */
sealed interface Answer {
    /**
     * The report.
     *
     * @param sha256 of the body in hex, to know it again
     * @param etag GitHub's, when it sends one
     */
    record Usage(DayUsage usage, String sha256, @Nullable String etag) implements Answer {}

    /** 304: the same as what the entity tag stands for. */
    record NotModified() implements Answer {}

    /**
     * No report.
     *
     * @param outcome why
     * @param status HTTP status; 0 without an answer
     * @param detail what to do about it
     * @param notBefore when GitHub says to ask again, if it says so
     */
    record Refused(
            Outcome outcome,
            int status,
            String detail,
            @Nullable Instant notBefore) implements Answer {}
}
