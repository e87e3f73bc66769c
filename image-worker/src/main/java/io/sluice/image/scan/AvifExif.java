package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Finds the EXIF items of an AVIF by {@code iinf}, {@code iloc} and {@code idat} (ISO/IEC 14496-12, 8.11) and checks them. */
final class AvifExif {
    private static final int EXIF = 0x45786966;
    private static final int INFE = 0x696e6665;
    private static final int MOST_ITEMS = 16;

    /** Of all items together: a part may be written without a single byte, so a small file could have billions. */
    private static final int MOST_PARTS = 10_000;

    private final ByteBuffer image;
    private final Set<Integer> items = new HashSet<>();
    private final Set<Integer> located = new HashSet<>();
    private int at;

    /** A box's content; absent when {@code to} is 0. */
    record Range(int from, int to) {
        static final Range NONE = new Range(0, 0);
    }

    private AvifExif(ByteBuffer image) {
        this.image = image;
    }

    /** @throws Refusal when reading one would cost too much, or it is cut into parts */
    static void check(ByteBuffer image, Range information, Range locations, Range data) {
        AvifExif exif = new AvifExif(image);
        if (information.to() > 0 && locations.to() > 0) {
            exif.find(information);
            if (!exif.items.isEmpty()) {
                exif.locate(locations, data);
            }
        }
    }

    private void find(Range information) {
        int entry = information.from() + (image.get(information.from()) == 0 ? 6 : 8);
        while (entry + 8 <= information.to()) {
            int length = image.getInt(entry);
            if (length < 8 || length > information.to() - entry) {
                throw Refusal.damaged("the AVIF's list of items is cut off");
            }
            if (image.getInt(entry + 4) == INFE && length >= 20) {
                boolean wide = image.get(entry + 8) >= 3;
                if (image.getInt(entry + (wide ? 18 : 16)) == EXIF) {
                    items.add(wide ? image.getInt(entry + 12) : image.getShort(entry + 12) & 0xffff);
                }
            }
            entry += length;
        }
        if (items.size() > MOST_ITEMS) {
            throw Refusal.complex("the AVIF has more than " + MOST_ITEMS + " EXIF items");
        }
    }

    private void locate(Range locations, Range data) {
        at = locations.from();
        int version = image.get(at);
        int sizes = image.get(at + 4) & 0xff;
        int moreSizes = image.get(at + 5) & 0xff;
        at += 6;
        long count = number(version < 2 ? 2 : 4);
        int parts = 0;
        for (long i = 0; i < count; i++) {
            int id = (int) number(version < 2 ? 2 : 4);
            int method = version > 0 ? (int) number(2) & 0xf : 0;
            at += 2;
            long base = number(moreSizes >>> 4);
            int extents = (int) number(2);
            parts += extents;
            if (parts > MOST_PARTS) {
                throw Refusal.complex("the AVIF's items have more than " + MOST_PARTS + " parts");
            }
            boolean exif = items.contains(id);
            if (exif && (extents != 1 || method > 1)) {
                throw Refusal.complex("the AVIF's EXIF is cut into parts");
            }
            if (exif && !located.add(id)) {
                throw Refusal.damaged("the AVIF says twice where its EXIF is");
            }
            for (int extent = 0; extent < extents; extent++) {
                at += version > 0 ? moreSizes & 0xf : 0;
                long from = base + number(sizes >>> 4) + (method == 1 ? data.from() : 0);
                long length = number(sizes & 0xf);
                if (exif) {
                    item(from, length == 0 ? image.limit() : from + length);
                }
            }
        }
    }

    /** Four bytes say where the TIFF begins; readers differ in whether they believe them. */
    private void item(long from, long to) {
        if (from < 0 || to > image.limit() || to - from < 18) {
            return; // nobody can read it
        }
        int start = (int) from + 4;
        ExifCheck.check(image, start, (int) to);
        ExifCheck.check(image, start + 6, (int) to);
        long announced = start + (image.getInt((int) from) & 0xffffffffL);
        if (announced < to) {
            ExifCheck.check(image, (int) announced, (int) to);
        }
    }

    private long number(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (image.get(at++) & 0xff);
        }
        return value;
    }
}
