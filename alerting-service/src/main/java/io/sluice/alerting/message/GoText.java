package io.sluice.alerting.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/** Text as Go writes it, where receivers compare it byte for byte. */
public final class GoText {
    /** What Go writes for a time that was never set. */
    public static final String ZERO_TIME = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private GoText() {}

    /** RFC 3339 with as many digits of the second as are needed ({@code time.RFC3339Nano}). */
    public static String time(Instant at) {
        String whole = NANOS.format(at);
        String shorter = whole.replaceAll("0+$", "");
        return (shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter) + 'Z';
    }

    /** {@code {a="x", b="y"}}, values quoted as by {@code %q}. */
    public static String labels(SortedMap<String, String> labels) {
        StringJoiner joined = new StringJoiner(", ", "{", "}");
        for (Map.Entry<String, String> label : labels.entrySet()) {
            joined.add(label.getKey() + '=' + quoted(label.getValue()));
        }
        return joined.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> escape(out, c));
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", c));
                } else if (printable(c)) {
                    out.appendCodePoint(c);
                } else {
                    out.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                }
            }
        }
    }

    /** Go's {@code strconv.IsPrint}: of all spaces only that of ASCII, no controls, formats, or what is not assigned. */
    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> c == ' ';
            case Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
