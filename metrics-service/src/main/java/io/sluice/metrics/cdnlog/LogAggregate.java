package io.sluice.metrics.cdnlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A log, line by line, added up by minute. Holds what was counted, not the lines. Not thread-safe. */
final class LogAggregate {
    /** Refused lines that are named; the rest is only counted. */
    static final int MOST_NAMED = 100;

    private static final Pattern CDN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final @Nullable String cdn;
    private final Instant oldest;
    private final Instant newest;
    private final Map<UsageCell.Key, UsageCell> minutes = new HashMap<>();
    private final List<LogIntake.RejectedLine> rejected = new ArrayList<>();
    private long number;
    private long lines;
    private long malformed;
    private long outOfTime;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * @param cdn that lines belong to which name none; null when they must
     * @param oldest time of a line that is taken
     * @param newest time of a line that is taken
     */
    LogAggregate(@Nullable String cdn, Instant oldest, Instant newest) {
        this.cdn = cdn;
        this.oldest = oldest;
        this.newest = newest;
    }

    /** Whether a CDN may be called so. */
    static boolean isCdn(String name) {
        return CDN.matcher(name).matches();
    }

    void add(LineParser parser, byte[] bytes, int offset, int length) {
        number++;
        lines++;
        try {
            add(parser.parse(bytes, offset, length));
        } catch (MalformedLine e) {
            malformed++;
            reject("malformed: " + e.getMessage());
        }
    }

    /** A line that is longer than any parser takes. */
    void addTooLong() {
        number++;
        lines++;
        malformed++;
        reject("malformed: too long");
    }

    /** A blank line: only numbered. */
    void skipBlank() {
        number++;
    }

    private void add(LoggedRequest request) throws MalformedLine {
        String of = request.cdn() == null ? cdn : request.cdn();
        if (of == null || !isCdn(of)) {
            throw new MalformedLine("names no CDN");
        }
        Instant time = request.line().time();
        if (time.isBefore(oldest) || time.isAfter(newest)) {
            outOfTime++;
            reject(time.isBefore(oldest) ? "too_old" : "in_the_future");
            return;
        }
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
        minutes.computeIfAbsent(UsageCell.Key.of(of, request.line()), key -> new UsageCell())
                .add(request.line());
    }

    private void reject(String reason) {
        if (rejected.size() < MOST_NAMED) {
            rejected.add(new LogIntake.RejectedLine(number, reason));
        }
    }

    Map<UsageCell.Key, UsageCell> minutes() {
        return minutes;
    }

    Map<UsageCell.Key, UsageCell> hours() {
        Map<UsageCell.Key, UsageCell> hours = new HashMap<>();
        minutes.forEach((key, cell) ->
                hours.computeIfAbsent(key.hour(), hour -> new UsageCell()).merge(cell));
        return hours;
    }

    long lines() {
        return lines;
    }

    long malformed() {
        return malformed;
    }

    long outOfTime() {
        return outOfTime;
    }

    long accepted() {
        return lines - malformed - outOfTime;
    }

    LogIntake intake(String batchId, boolean duplicate) {
        return new LogIntake(
                batchId, lines, duplicate ? 0 : accepted(), malformed + outOfTime, rejected, first, last, duplicate);
    }
}
