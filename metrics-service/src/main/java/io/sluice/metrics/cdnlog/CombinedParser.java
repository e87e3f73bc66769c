package io.sluice.metrics.cdnlog;

import io.sluice.contracts.usage.EdgeLogLine;
import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines as Apache and nginx write them by default: {@code host ident user [time] "request" status bytes "referer" "agent"},
 * the last two optional. They say neither how long it took nor what a cache did, so durations count as 0 and the cache as
 * unknown.
 */
final class CombinedParser implements LineParser {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT);

    @Override
    public LoggedRequest parse(byte[] bytes, int offset, int length) throws MalformedLine {
        String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
        int open = line.indexOf('[');
        int close = line.indexOf(']', open + 1);
        int quote = line.indexOf('"', close + 1);
        int end = endOfQuoted(line, quote + 1);
        if (open < 0 || close < 0 || quote < 0 || end < 0) {
            throw new MalformedLine("not host ident user [time] \"request\" status bytes");
        }
        String[] numbers = line.substring(end + 1).trim().split(" ", 3);
        if (numbers.length < 2) {
            throw new MalformedLine("status or bytes is missing");
        }
        String[] request = line.substring(quote + 1, end).split(" ", 3);
        return new LoggedRequest(
                null,
                new EdgeLogLine(
                        time(line.substring(open + 1, close)),
                        request[0],
                        request.length < 2 ? "" : path(request[1]),
                        status(numbers[0]),
                        numbers[1].equals("-") ? 0 : count(numbers[1]),
                        0,
                        null,
                        CacheResult.UNKNOWN,
                        null,
                        null));
    }

    private static int endOfQuoted(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static Instant time(String text) throws MalformedLine {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedLine("time is not like 17/May/2015:10:05:03 +0000");
        }
    }

    private static int status(String text) throws MalformedLine {
        long status = count(text);
        if (status < 100 || status > 599) {
            throw new MalformedLine("status is not 100-599");
        }
        return status == 499 ? 0 : (int) status;
    }

    private static long count(String text) throws MalformedLine {
        try {
            return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw new MalformedLine("status or bytes is not a number");
        }
    }
}
