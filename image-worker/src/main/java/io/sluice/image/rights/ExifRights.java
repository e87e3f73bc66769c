package io.sluice.image.rights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Artist and Copyright of the first directory of EXIF, which is a TIFF (Exif 3.0, 4.6.5). */
final class ExifRights {
    private static final int ARTIST = 0x013b;
    private static final int COPYRIGHT = 0x8298;
    private static final int ASCII = 2;
    private static final int UTF_8 = 129;
    private static final int MOST_ENTRIES = 2_000;
    private static final int ENTRY = 12;

    private ExifRights() {}

    /** @throws RuntimeException of the buffer when it points outside of itself */
    static Rights read(ByteBuffer block) {
        ByteBuffer tiff = block.slice().order(ByteOrder.BIG_ENDIAN);
        if (tiff.get(0) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (tiff.getShort(2) != 42) {
            return Rights.NONE;
        }
        int directory = tiff.getInt(4);
        int entries = Math.min(tiff.getShort(directory) & 0xffff, MOST_ENTRIES);
        String artist = "";
        String copyright = "";
        for (int at = directory + 2; at < directory + 2 + entries * ENTRY; at += ENTRY) {
            int tag = tiff.getShort(at) & 0xffff;
            if (tag == ARTIST && artist.isEmpty()) {
                artist = text(tiff, at);
            } else if (tag == COPYRIGHT && copyright.isEmpty()) {
                copyright = text(tiff, at);
            }
        }
        return new Rights(copyright, artist, "", "", "");
    }

    /** A photographer's and an editor's copyright are parted by a NUL. */
    private static String text(ByteBuffer tiff, int entry) {
        int type = tiff.getShort(entry + 2) & 0xffff;
        int count = tiff.getInt(entry + 4);
        int at = count <= 4 ? entry + 8 : tiff.getInt(entry + 8);
        if (count < 0 || (type != ASCII && type != UTF_8)) {
            return "";
        }
        String[] parts = Texts.of(tiff, at, Math.min(count, 4 * Rights.LONGEST)).split("\0");
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.isEmpty() || part.isBlank() ? "" : "; ").append(part.strip());
        }
        return text.toString();
    }

    /** A TIFF that says these and nothing else; its texts are UTF-8, as every reader takes them. */
    static byte[] write(Rights rights) {
        byte[] artist = Texts.terminated(rights.creator());
        byte[] copyright = Texts.terminated(rights.copyright());
        int entries = (artist.length > 0 ? 1 : 0) + (copyright.length > 0 ? 1 : 0);
        int values = 8 + 2 + entries * ENTRY + 4;
        ByteBuffer tiff = ByteBuffer.allocate(values + artist.length + copyright.length);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) entries);
        int at = entry(tiff, ARTIST, artist, values);
        entry(tiff, COPYRIGHT, copyright, at);
        return tiff.array();
    }

    private static int entry(ByteBuffer tiff, int tag, byte[] text, int at) {
        if (text.length == 0) {
            return at;
        }
        tiff.putShort((short) tag).putShort((short) ASCII).putInt(text.length);
        if (text.length <= 4) {
            tiff.put(text).position(tiff.position() + 4 - text.length);
        } else {
            tiff.putInt(at).put(at, text);
        }
        return at + text.length;
    }
}
