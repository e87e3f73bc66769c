package io.sluice.metrics.cdnlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.contracts.usage.EdgeLogLine;
import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Lines of Sluice's nginx edges: {@code {"time":..,"method":..,"path":..,"status":200,"bytes":123,"seconds":0.012,
 * "ttfb":"0.010","cache":"HIT","cdn":"edge-a"}}. {@code ttfb} is nginx's {@code $upstream_header_time}: empty or {@code -}
 * without an upstream, several times joined by commas when several were asked one after the other; they add up. {@code cache}
 * is {@code $upstream_cache_status}. {@code pop} and {@code country} may be there, too; other fields are skipped.
 */
final class EdgeJsonParser implements LineParser {
    private static final int CLIENT_CLOSED_REQUEST = 499; // nginx's own status

    private final JsonFactory json = new JsonFactory();

    @Override
    public LoggedRequest parse(byte[] bytes, int offset, int length) throws MalformedLine {
        try (JsonParser parser = json.createParser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedLine("not a JSON object");
            }
            Fields fields = new Fields();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.set(name, parser);
            }
            if (parser.nextToken() != null) {
                throw new MalformedLine("more than one JSON object");
            }
            return fields.request();
        } catch (IOException e) {
            throw new MalformedLine("not JSON");
        }
    }

    /** nginx's cache states in our words: what was fetched again counts as a miss, what was served old as stale. */
    static CacheResult cache(String state) {
        return switch (state) {
            case "HIT" -> CacheResult.HIT;
            case "MISS", "EXPIRED" -> CacheResult.MISS;
            case "STALE", "UPDATING" -> CacheResult.STALE;
            case "REVALIDATED" -> CacheResult.REVALIDATED;
            case "BYPASS" -> CacheResult.BYPASS;
            default -> CacheResult.UNKNOWN;
        };
    }

    private static final class Fields {
        private @Nullable String time;
        private String method = "";
        private @Nullable String path;
        private long status = -1;
        private long bytes = -1;
        private double seconds = Double.NaN;
        private String ttfb = "";
        private String cache = "";
        private @Nullable String pop;
        private @Nullable String country;
        private @Nullable String cdn;

        void set(String name, JsonParser value) throws IOException {
            switch (name) {
                case "time" -> time = value.getValueAsString();
                case "method" -> method = value.getValueAsString("");
                case "path" -> path = value.getValueAsString();
                case "status" -> status = value.getValueAsLong(-1);
                case "bytes" -> bytes = value.getValueAsLong(-1);
                case "seconds" -> seconds = value.getValueAsDouble(Double.NaN);
                case "ttfb" -> ttfb = value.getValueAsString("");
                case "cache" -> cache = value.getValueAsString("");
                case "pop" -> pop = value.getValueAsString();
                case "country" -> country = value.getValueAsString();
                case "cdn" -> cdn = value.getValueAsString();
                default -> value.skipChildren();
            }
        }

        LoggedRequest request() throws MalformedLine {
            if (time == null) {
                throw new MalformedLine("time is missing");
            }
            if (path == null) {
                throw new MalformedLine("path is missing");
            }
            if (status != 0 && (status < 100 || status > 599)) {
                throw new MalformedLine("status is not 0 or 100-599");
            }
            if (bytes < 0) {
                throw new MalformedLine("bytes is not a count");
            }
            if (!(seconds >= 0 && seconds < 1e9)) {
                throw new MalformedLine("seconds is not a duration");
            }
            int result = status == CLIENT_CLOSED_REQUEST ? 0 : (int) status;
            return new LoggedRequest(
                    cdn == null || cdn.isEmpty() ? null : cdn,
                    new EdgeLogLine(
                            instant(time),
                            method,
                            path,
                            result,
                            bytes,
                            seconds,
                            ttfb(ttfb),
                            cache(cache),
                            pop,
                            country));
        }

        private static Instant instant(String text) throws MalformedLine {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new MalformedLine("time is not RFC 3339");
            }
        }

        private static @Nullable Double ttfb(String text) throws MalformedLine {
            double sum = 0;
            boolean any = false;
            for (String part : text.split("[,:]", -1)) {
                String number = part.trim();
                if (!number.isEmpty() && !number.equals("-")) {
                    try {
                        sum += Double.parseDouble(number);
                        any = true;
                    } catch (NumberFormatException e) {
                        throw new MalformedLine("ttfb is not a duration");
                    }
                }
            }
            return any ? sum : null;
        }
    }
}
