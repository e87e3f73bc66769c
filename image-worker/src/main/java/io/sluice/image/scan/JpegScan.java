package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the markers of a JPEG (ITU-T T.81, annex B) and counts its scans. */
final class JpegScan {
    private final ByteBuffer image;
    private final ScanLimits limits;
    private final Metadata metadata;
    private int at = 2;
    private int width;
    private int height;
    private int orientation = 1;
    private boolean progressive;
    private int scans;
    private int components;
    private boolean profile;

    JpegScan(ByteBuffer image, ScanLimits limits) {
        this.image = image;
        this.limits = limits;
        this.metadata = new Metadata(limits);
    }

    ImageFacts facts() {
        while (true) {
            int marker = marker();
            if (marker == 0xd9) {
                break;
            }
            int length = image.getShort(at) & 0xffff;
            if (length < 2 || at + length > image.limit()) {
                throw Refusal.damaged("the JPEG is cut off in marker " + Integer.toHexString(marker));
            }
            segment(marker, at + 2, length - 2);
            at += length;
            if (marker == 0xda) {
                scan();
            }
        }
        if (width == 0 || scans == 0) {
            throw Refusal.damaged("the JPEG has no picture");
        }
        boolean turned = orientation >= 5;
        return new ImageFacts(
                SourceFormat.JPEG,
                turned ? height : width,
                turned ? width : height,
                false,
                false,
                orientation,
                progressive,
                profile || components == 4);
    }

    private int marker() {
        if ((image.get(at) & 0xff) != 0xff) {
            throw Refusal.damaged("the JPEG has bytes where a marker belongs");
        }
        while ((image.get(at) & 0xff) == 0xff) {
            at++;
        }
        int marker = image.get(at++) & 0xff;
        if (marker == 0x00 || marker == 0xd8 || (marker >= 0xd0 && marker <= 0xd7)) {
            throw Refusal.damaged("the JPEG has a misplaced marker");
        }
        return marker;
    }

    private void segment(int marker, int from, int length) {
        if (marker == 0xda) {
            return;
        }
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            frame(marker, from);
            return;
        }
        metadata.add(length);
        if (marker == 0xe1 && ImageScanner.starts(image, from, "Exif\0\0")) {
            ExifCheck.check(image, from + 6, from + length);
            orientation = exifOrientation(image, from + 6, from + length);
        }
        profile |= marker == 0xe2
                && ImageScanner.starts(image, from, "ICC_PROFILE\0")
                && !(ImageScanner.starts(image, from, "ICC_PROFILE\0\1\1")
                        && SrgbProfile.in(image, from + 14, from + length));
    }

    private void frame(int marker, int from) {
        if (width != 0) {
            throw Refusal.damaged("the JPEG has two frames");
        }
        if (marker != 0xc0 && marker != 0xc1 && marker != 0xc2) {
            throw Refusal.damaged("the JPEG is lossless, hierarchical or arithmetic-coded, which is not taken");
        }
        progressive = marker == 0xc2;
        height = image.getShort(from + 1) & 0xffff;
        width = image.getShort(from + 3) & 0xffff;
        components = image.get(from + 5);
        if (width == 0 || height == 0) {
            throw Refusal.damaged("the JPEG has no size");
        }
    }

    /** Counts a scan and skips its entropy-coded data. */
    private void scan() {
        scans++;
        long megapixels = ((long) width * height + 999_999) / 1_000_000;
        if (scans > limits.scans() || scans * megapixels > limits.scanMegapixels()) {
            throw Refusal.complex("the JPEG has more scans than its size allows (" + limits.scans() + " scans, "
                    + limits.scanMegapixels() + " scan-megapixels)");
        }
        while (true) {
            if (image.get(at) == (byte) 0xff) {
                int next = image.get(at + 1) & 0xff;
                if (next != 0x00 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    return;
                }
                at += next == 0xff ? 1 : 2;
            } else {
                at++;
            }
        }
    }

    /** Orientation of the first directory of a TIFF header (Exif 2.32, 4.6.4); 1 when there is none or it is damaged. */
    static int exifOrientation(ByteBuffer image, int from, int to) {
        if (to - from < 14) {
            return 1;
        }
        ByteBuffer tiff = image.slice(from, to - from);
        if (tiff.get(0) == 'I' && tiff.get(1) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        } else if (tiff.get(0) != 'M' || tiff.get(1) != 'M') {
            return 1;
        }
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * 12;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort(entry) & 0xffff) == 0x0112) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
