package io.sluice.gateway.negotiation;

import io.sluice.contracts.image.ImageFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of image formats in {@code Accept} (RFC 9110 section 12.5.1). Quality values are thousandths. The most
 * specific range decides: {@code image/webp} over {@code image/*} over {@code *}{@code /*}. Immutable.
 */
@SuppressWarnings("EnumOrdinal") // the index of a small array
public final class Accept {
    private static final int UNSAID = -1;

    /** No header: everything is as welcome as anything else. */
    public static final Accept ANYTHING = new Accept(unsaid(), UNSAID, 1000);

    private final int[] named;
    private final int anyImage;
    private final int anything;

    private Accept(int[] named, int anyImage, int anything) {
        this.named = named;
        this.anyImage = anyImage;
        this.anything = anything;
    }

    /** Reads a header; ranges that are none are skipped, and an empty header counts as none. */
    public static Accept parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return ANYTHING;
        }
        int[] named = unsaid();
        int anyImage = UNSAID;
        int anything = UNSAID;
        int start = 0;
        while (start < header.length()) {
            int end = next(header, ',', start, header.length());
            int typeEnd = next(header, ';', start, end);
            int from = skipSpace(header, start, typeEnd);
            int to = trimSpace(header, from, typeEnd);
            int quality = quality(header, typeEnd, end);
            int format = format(header, from, to);
            if (format >= 0) {
                named[format] = Math.max(named[format], quality);
            } else if (is(header, from, to, "image/*")) {
                anyImage = Math.max(anyImage, quality);
            } else if (is(header, from, to, "*/*")) {
                anything = Math.max(anything, quality);
            }
            start = end + 1;
        }
        return new Accept(named, anyImage, anything);
    }

    /** Whether the client names this very format and does not refuse it; a wildcard is no promise that it can show AVIF. */
    public boolean names(ImageFormat format) {
        return named[format.ordinal()] > 0;
    }

    /** Whether the client says that it does not want this format ({@code q=0}). */
    public boolean refuses(ImageFormat format) {
        return said(format) == 0;
    }

    /** 0-1000; what was not said at all counts as barely welcome, above what is refused. */
    public int quality(ImageFormat format) {
        int said = said(format);
        return said == UNSAID ? 1 : said;
    }

    private int said(ImageFormat format) {
        int own = named[format.ordinal()];
        if (own != UNSAID) {
            return own;
        }
        return anyImage != UNSAID ? anyImage : anything;
    }

    private static int format(String text, int from, int to) {
        if (is(text, from, to, "image/avif")) {
            return ImageFormat.AVIF.ordinal();
        }
        if (is(text, from, to, "image/webp")) {
            return ImageFormat.WEBP.ordinal();
        }
        if (is(text, from, to, "image/jpeg") || is(text, from, to, "image/jpg")) {
            return ImageFormat.JPEG.ordinal();
        }
        if (is(text, from, to, "image/png")) {
            return ImageFormat.PNG.ordinal();
        }
        return is(text, from, to, "image/gif") ? ImageFormat.GIF.ordinal() : -1;
    }

    private static int[] unsaid() {
        int[] named = new int[ImageFormat.values().length];
        Arrays.fill(named, UNSAID);
        return named;
    }

    /** Quality of the range whose parameters are in [from, to): 1000 when unsaid, 0 when it is not a quality (then it is not trusted). */
    private static int quality(String text, int from, int to) {
        int start = from;
        while (start < to) {
            int end = next(text, ';', start + 1, to);
            int name = skipSpace(text, start + 1, end);
            if (name + 1 < end && (text.charAt(name) | 0x20) == 'q' && text.charAt(name + 1) == '=') {
                return Decimal.thousandths(text, name + 2, trimSpace(text, name + 2, end), 1, 0);
            }
            start = end;
        }
        return 1000;
    }

    private static boolean is(String text, int from, int to, String what) {
        return to - from == what.length() && text.regionMatches(true, from, what, 0, what.length());
    }

    /** Where {@code what} stands next, outside of quotes; {@code to} when it does not. */
    private static int next(String text, char what, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == what && !quoted) {
                return i;
            }
        }
        return to;
    }

    private static int skipSpace(String text, int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int trimSpace(String text, int from, int to) {
        int at = to;
        while (at > from && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }
}
