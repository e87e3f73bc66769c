package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.SourceFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The source's own pixels without its metadata: a JPEG keeps what decides its colours (JFIF, Adobe, ICC) and a bare
 * orientation, a PNG its colour chunks, a WebP loses EXIF and XMP. Nothing is encoded anew. Input has passed the scanner.
 */
final class OriginalPixels {
    private static final Set<String> PNG_KEPT =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT");

    private OriginalPixels() {}

    /** The format of a source's {@code orig} address; empty for sources whose metadata cannot be stripped without encoding. */
    static Optional<ImageFormat> format(SourceFormat source) {
        return switch (source) {
            case JPEG -> Optional.of(ImageFormat.JPEG);
            case PNG -> Optional.of(ImageFormat.PNG);
            case WEBP -> Optional.of(ImageFormat.WEBP);
            case GIF, AVIF -> Optional.empty();
        };
    }

    /** The stripped bytes, ready to be read. */
    static ByteBuffer strip(ByteBuffer source, ImageFacts facts) {
        ByteBuffer target = ByteBuffer.allocateDirect(source.limit() + 64);
        ByteBuffer from = source.duplicate().order(ByteOrder.BIG_ENDIAN).position(0);
        switch (facts.format()) {
            case JPEG -> jpeg(from, target, facts.orientation());
            case PNG -> png(from, target);
            case WEBP -> webp(from, target);
            case GIF, AVIF -> throw new IllegalArgumentException("no original pixels of " + facts.format());
        }
        return target.flip();
    }

    /** A WebP without EXIF and XMP, ready to be read. */
    static ByteBuffer stripWebp(ByteBuffer source) {
        ByteBuffer target = ByteBuffer.allocateDirect(source.limit());
        webp(source.duplicate().position(0), target);
        return target.flip();
    }

    private static void jpeg(ByteBuffer from, ByteBuffer target, int orientation) {
        target.putShort((short) 0xffd8);
        if (orientation != 1) {
            orientation(target, orientation);
        }
        int at = 2;
        while (true) {
            while ((from.get(at + 1) & 0xff) == 0xff) {
                at++;
            }
            int marker = from.get(at + 1) & 0xff;
            if (marker == 0xd9) {
                target.putShort((short) 0xffd9);
                return;
            }
            int end = at + 2 + (from.getShort(at + 2) & 0xffff);
            if (marker == 0xda) {
                end = afterScan(from, end);
            }
            if (keptInJpeg(from, marker, at + 4)) {
                target.put(from.duplicate().position(at).limit(end));
            }
            at = end;
        }
    }

    private static boolean keptInJpeg(ByteBuffer from, int marker, int at) {
        return switch (marker) {
            case 0xe0, 0xee -> true;
            case 0xe2 -> text(from, at, 11).equals("ICC_PROFILE");
            default -> (marker < 0xe0 || marker > 0xef) && marker != 0xfe;
        };
    }

    private static int afterScan(ByteBuffer from, int start) {
        int at = start;
        while (true) {
            if (from.get(at) == (byte) 0xff) {
                int next = from.get(at + 1) & 0xff;
                if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    return at;
                }
                at += next == 0xff ? 1 : 2;
            } else {
                at++;
            }
        }
    }

    /** An EXIF segment that says how to turn the picture and nothing else (Exif 2.32). */
    private static void orientation(ByteBuffer target, int value) {
        target.putShort((short) 0xffe1).putShort((short) 34);
        target.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        target.putInt(8).putShort((short) 1);
        target.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        target.putShort((short) value).putShort((short) 0).putInt(0);
    }

    private static void png(ByteBuffer from, ByteBuffer target) {
        target.put(from.duplicate().position(0).limit(8));
        int at = 8;
        String type = "";
        while (!type.equals("IEND")) {
            int end = at + 12 + from.getInt(at);
            type = text(from, at + 4, 4);
            if (PNG_KEPT.contains(type)) {
                target.put(from.duplicate().position(at).limit(end));
            }
            at = end;
        }
    }

    private static void webp(ByteBuffer from, ByteBuffer target) {
        ByteBuffer source = from.order(ByteOrder.LITTLE_ENDIAN);
        target.order(ByteOrder.LITTLE_ENDIAN).put(source.duplicate().position(0).limit(12));
        int end = 8 + source.getInt(4);
        int at = 12;
        while (at + 8 <= end) {
            int length = source.getInt(at + 4);
            int next = Math.min(end, at + 8 + length + (length & 1));
            String type = text(source, at, 4);
            if (!type.equals("EXIF") && !type.equals("XMP ")) {
                int start = target.position();
                target.put(source.duplicate().position(at).limit(next));
                if (type.equals("VP8X")) {
                    target.put(start + 8, (byte) (target.get(start + 8) & ~0x0c));
                }
            }
            at = next;
        }
        target.putInt(4, target.position() - 8);
    }

    private static String text(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[Math.min(length, from.limit() - at)];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
