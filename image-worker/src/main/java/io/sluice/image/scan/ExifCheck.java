package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bounds what reading EXIF (a TIFF, Exif 2.32) costs: directories that point at each other and values that overlap make a
 * reader like libexif work for seconds on a few kilobytes. Cameras write some hundred entries.
 */
final class ExifCheck {
    private static final int MAX_DIRECTORIES = 16;
    private static final int MAX_ENTRIES = 2_000;

    /** Of all values together; beside this, each byte may be the value of two entries. */
    private static final long FREE_VALUE_BYTES = 1 << 20;

    /** Bytes of one value by its type, 1-12. */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private static final int MAGIC = 42;
    private static final int EXIF = 0x8769;
    private static final int GPS = 0x8825;
    private static final int INTEROPERABILITY = 0xa005;

    private final ByteBuffer tiff;
    private int directories;
    private int entries;
    private long values;

    private ExifCheck(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /**
     * Looks at the TIFF in [from, to); what is no TIFF, or points outside of it, nobody reads.
     *
     * @throws Refusal when reading it would cost too much
     */
    static void check(ByteBuffer image, int from, int to) {
        if (to - from < 14) {
            return;
        }
        ByteBuffer tiff = image.slice(from, to - from).order(ByteOrder.BIG_ENDIAN);
        if (tiff.get(0) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        }
        boolean ordered = tiff.get(0) == tiff.get(1) && (tiff.get(0) == 'I' || tiff.get(0) == 'M');
        if (ordered && tiff.getShort(2) == MAGIC) {
            new ExifCheck(tiff).directory(tiff.getInt(4));
        }
    }

    private void directory(int at) {
        if (at < 0 || at > tiff.limit() - 2) {
            return;
        }
        directories++;
        int claimed = tiff.getShort(at) & 0xffff;
        int count = Math.min(claimed, (tiff.limit() - at - 2) / 12);
        entries += count;
        if (directories > MAX_DIRECTORIES || entries > MAX_ENTRIES) {
            throw tooMuch();
        }
        for (int i = 0; i < count; i++) {
            entry(at + 2 + i * 12);
        }
        int next = at + 2 + claimed * 12;
        if (count == claimed && next <= tiff.limit() - 4 && tiff.getInt(next) != 0) {
            directory(tiff.getInt(next));
        }
    }

    private void entry(int at) {
        int tag = tiff.getShort(at) & 0xffff;
        int type = tiff.getShort(at + 2) & 0xffff;
        long bytes = (tiff.getInt(at + 4) & 0xffffffffL) * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0);
        if (bytes <= tiff.limit()) { // a longer one cannot be read
            values += bytes;
        }
        if (values > FREE_VALUE_BYTES + 2L * tiff.limit()) {
            throw tooMuch();
        }
        if (tag == EXIF || tag == GPS || tag == INTEROPERABILITY) {
            directory(tiff.getInt(at + 8));
        }
    }

    private static Refusal tooMuch() {
        return Refusal.complex("the EXIF has more than " + MAX_DIRECTORIES + " directories, " + MAX_ENTRIES
                + " entries or values that overlap");
    }
}
