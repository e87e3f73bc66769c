package io.sluice.gateway.negotiation;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.OperationNames;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code /img}, as asked for.
 *
 * @param width in CSS pixels, 1-{@value #MAX_SIDE}; 0 when absent
 * @param height likewise
 * @param fit null when absent
 * @param dprThousandths device pixels for a CSS pixel, 1000-4000; 0 when absent
 * @param format null when absent or {@code auto}
 * @param quality 1-100; 0 when absent
 * @param preset null when absent
 * @param operations letters of a recipe and their values, for what {@link OperationNames} names
 * @param watermark name of a visible mark; null when absent
 */
public record ImageQuery(
        int width,
        int height,
        @Nullable Fit fit,
        int dprThousandths,
        @Nullable ImageFormat format,
        int quality,
        @Nullable String preset,
        SortedMap<Character, String> operations,
        @Nullable String watermark) {

    /** Largest side that may be asked for, in CSS pixels. */
    public static final int MAX_SIDE = 8192;

    /** No parameters. */
    public static final ImageQuery NONE =
            new ImageQuery(0, 0, null, 0, null, 0, null, Collections.emptySortedMap(), null);

    /**
     * Reads a raw query. Parameters that are not ours are ignored.
     *
     * @param query what stands behind the question mark; null or empty for none
     * @throws MalformedQuery when a parameter is not what it must be, or stands there twice
     */
    public static ImageQuery parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        Reader reader = new Reader();
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            int equals = query.indexOf('=', start);
            if (equals < 0 || equals > end) {
                equals = end;
            }
            reader.take(query, start, equals, Math.min(equals + 1, end), end);
            start = end + 1;
        }
        return reader.done();
    }

    private static final class Reader {
        private int width;
        private int height;
        private @Nullable Fit fit;
        private int dpr;
        private @Nullable ImageFormat format;
        private int quality;
        private @Nullable String preset;
        private @Nullable SortedMap<Character, String> operations;
        private @Nullable String watermark;
        private long seen;

        private void take(String query, int nameStart, int nameEnd, int from, int to) {
            switch (nameEnd - nameStart) {
                case 1 -> letter(query, query.charAt(nameStart), from, to);
                case 3 -> {
                    if (query.startsWith("fit", nameStart)) {
                        once(3, "fit");
                        fit = Fit.ofToken(query.substring(from, to))
                                .orElseThrow(() -> new MalformedQuery("fit", "must be contain, cover, inside or fill"));
                    } else if (query.startsWith("dpr", nameStart)) {
                        once(4, "dpr");
                        dpr = Decimal.thousandths(query, from, to, 4, 0);
                        require(dpr >= 1000, "dpr", "must be a number from 1 to 4");
                    } else {
                        operation(query, nameStart, nameEnd, from, to);
                    }
                }
                case 6 -> {
                    if (query.startsWith("format", nameStart)) {
                        once(5, "format");
                        format = format(query.substring(from, to));
                    } else if (query.startsWith("preset", nameStart)) {
                        once(6, "preset");
                        preset = query.substring(from, to);
                    } else {
                        operation(query, nameStart, nameEnd, from, to);
                    }
                }
                case 2, 4, 5, 7, 9 -> operation(query, nameStart, nameEnd, from, to);
                default -> {
                    // Not ours.
                }
            }
        }

        private void operation(String query, int nameStart, int nameEnd, int from, int to) {
            String name = query.substring(nameStart, nameEnd);
            if (name.equals(OperationNames.WATERMARK)) {
                require(watermark == null, name, "must stand there once only");
                watermark = query.substring(from, to);
                return;
            }
            Character letter = OperationNames.letter(name).orElse(null);
            if (letter == null) {
                return; // Not ours.
            }
            once(letter - 'a' + 7, name);
            try {
                // A comma may be written as it is or encoded; nothing else in these values needs to be.
                String value = query.substring(from, to).replace("%2C", ",").replace("%2c", ",");
                OperationNames.value(name, value)
                        .ifPresent(canonical -> letters().put(letter, canonical));
            } catch (MalformedAddress e) {
                throw new MalformedQuery(name, String.valueOf(e.getMessage()));
            }
        }

        private SortedMap<Character, String> letters() {
            SortedMap<Character, String> letters = operations == null ? new TreeMap<>() : operations;
            operations = letters;
            return letters;
        }

        private void letter(String query, char name, int from, int to) {
            switch (name) {
                case 'w' -> {
                    once(0, "w");
                    width = Decimal.whole(query, from, to, MAX_SIDE, 0);
                    require(width > 0, "w", "must be a whole number from 1 to " + MAX_SIDE);
                }
                case 'h' -> {
                    once(1, "h");
                    height = Decimal.whole(query, from, to, MAX_SIDE, 0);
                    require(height > 0, "h", "must be a whole number from 1 to " + MAX_SIDE);
                }
                case 'q' -> {
                    once(2, "q");
                    quality = Decimal.whole(query, from, to, 100, 0);
                    require(quality > 0, "q", "must be a whole number from 1 to 100");
                }
                default -> {
                    // Not ours.
                }
            }
        }

        private ImageQuery done() {
            SortedMap<Character, String> letters =
                    operations == null ? NONE.operations : Collections.unmodifiableSortedMap(operations);
            return new ImageQuery(width, height, fit, dpr, format, quality, preset, letters, watermark);
        }

        private void once(int bit, String parameter) {
            require((seen & (1L << bit)) == 0, parameter, "must stand there once only");
            seen |= 1L << bit;
        }

        private static @Nullable ImageFormat format(String token) {
            if (token.equals("auto")) {
                return null;
            }
            return ImageFormat.ofToken(token)
                    .orElseThrow(() -> new MalformedQuery("format", "must be auto, avif, webp, jpeg, png or gif"));
        }

        private static void require(boolean holds, String parameter, String message) {
            if (!holds) {
                throw new MalformedQuery(parameter, message);
            }
        }
    }
}
