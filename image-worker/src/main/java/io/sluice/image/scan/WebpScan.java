package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the chunks of a WebP (RFC 9649). */
final class WebpScan {
    private static final int VP8X = 0x58385056;
    private static final int VP8L = 0x4c385056;
    private static final int VP8 = 0x20385056;
    private static final int ANMF = 0x464d4e41;
    private static final int ALPH = 0x48504c41;
    private static final int EXIF = 0x46495845;
    private static final int ICCP = 0x50434349;

    private final ByteBuffer image;
    private final ScanLimits limits;
    private final Metadata metadata;
    private int width;
    private int height;
    private boolean alpha;
    private boolean profile;
    private int frames;
    private boolean picture;

    WebpScan(ByteBuffer image, ScanLimits limits) {
        this.image = image.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
        this.metadata = new Metadata(limits);
    }

    ImageFacts facts() {
        long end = 8 + (image.getInt(4) & 0xffffffffL);
        if (end > image.limit()) {
            throw Refusal.damaged("the WebP is cut off");
        }
        long at = 12;
        while (at + 8 <= end) {
            int from = (int) at;
            long length = image.getInt(from + 4) & 0xffffffffL;
            if (at + 8 + length > end) {
                throw Refusal.damaged("the WebP is cut off");
            }
            chunk(image.getInt(from), from + 8, length);
            at += 8 + length + (length & 1);
        }
        if (!picture || width < 1 || height < 1) {
            throw Refusal.damaged("the WebP has no picture");
        }
        return new ImageFacts(SourceFormat.WEBP, width, height, alpha, frames > 1, 1, false, profile);
    }

    private void chunk(int type, int from, long length) {
        switch (type) {
            case VP8X -> {
                alpha |= (image.get(from) & 0x10) != 0;
                grow((image.getInt(from + 4) & 0xffffff) + 1, (image.getInt(from + 6) >>> 8) + 1);
            }
            case VP8 -> {
                picture = true;
                grow(image.getShort(from + 6) & 0x3fff, image.getShort(from + 8) & 0x3fff);
            }
            case VP8L -> {
                picture = true;
                int bits = image.getInt(from + 1);
                alpha |= (bits >>> 28 & 1) != 0;
                grow((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
            }
            case ANMF -> {
                picture = true;
                frames++;
                if (frames > limits.frames()) {
                    throw Refusal.complex("the WebP has more than " + limits.frames() + " frames");
                }
            }
            case ALPH -> alpha = true;
            case ICCP -> {
                profile = !SrgbProfile.in(image.duplicate().order(ByteOrder.BIG_ENDIAN), from, (int) (from + length));
                metadata.add(length);
            }
            case EXIF -> {
                metadata.add(length);
                int tiff = ImageScanner.starts(image, from, "Exif\0\0") ? from + 6 : from;
                ExifCheck.check(image, tiff, from + (int) length);
            }
            default -> metadata.add(length);
        }
    }

    private void grow(int w, int h) {
        width = Math.max(width, w);
        height = Math.max(height, h);
    }
}
