package io.sluice.image.hostile;

import io.sluice.image.Service;
import io.sluice.image.scan.Bytes;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsOperation;
import io.sluice.image.vips.VipsSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Makes images, and then makes them hostile. */
public final class HostileImages {
    private final Vips vips;

    public HostileImages(Vips vips) {
        this.vips = vips;
    }

    /** A sample photograph, 192 pixels wide, by a saver of libvips such as {@code gifsave_buffer}. */
    byte[] photo(String saver, String... settings) {
        return photo("copy", new String[0], saver, settings);
    }

    /** The same after an operation. */
    byte[] photo(String operation, String[] arguments, String saver, String... settings) {
        byte[] jpeg = Service.photo("wine.jpg");
        try (Arena arena = Arena.ofConfined();
                VipsSession session = vips.session()) {
            MemorySegment bytes = arena.allocate(jpeg.length).copyFrom(MemorySegment.ofArray(jpeg));
            VipsImage small = session.operation("thumbnail_buffer")
                    .set("buffer", bytes)
                    .set("width", 192)
                    .image();
            VipsImage changed = with(session.operation(operation).set("in", small), arguments)
                    .image();
            return with(session.operation(saver).set("in", changed), settings)
                    .bytes()
                    .toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** A flat picture of any size. */
    public byte[] flat(int side, String saver, String... settings) {
        try (VipsSession session = vips.session()) {
            VipsImage black = session.operation("black")
                    .set("width", side)
                    .set("height", side)
                    .set("bands", 3)
                    .image();
            VipsImage srgb = session.operation("copy")
                    .set("in", black)
                    .set("interpretation", "srgb")
                    .image();
            return with(session.operation(saver).set("in", srgb), settings)
                    .bytes()
                    .toArray(ValueLayout.JAVA_BYTE);
        }
    }

    byte[] jpeg() {
        return photo("jpegsave_buffer");
    }

    byte[] avif() {
        return photo("heifsave_buffer", "compression", "av1", "effort", "0");
    }

    static byte[] gif(int screen, int frame, int frames) {
        Bytes gif = Bytes.gif(screen, screen);
        for (int i = 0; i < frames; i++) {
            gif.gifFrame(frame, frame);
        }
        return gif.hex("3b").array();
    }

    static Bytes compressed(String type, String head, int count, int bytes) {
        byte[] data = new Bytes().text(head).raw(deflatedZeros(bytes)).array();
        return repeated(count, chunk(type, data));
    }

    static Bytes repeated(int count, byte[] part) {
        Bytes all = new Bytes();
        for (int i = 0; i < count; i++) {
            all.raw(part);
        }
        return all;
    }

    /** An AVIF whose EXIF, made as an encoder makes it, is then overwritten. */
    byte[] avifWithExif(byte[] tiff) {
        byte[] room = new Bytes()
                .text("Exif\0\0MM\0*")
                .u32(8)
                .hex("0001 010e 0002 0000f000 0000001a 00000000")
                .raw(filled(0xf000 - 1, 'x'))
                .u8(0)
                .array();
        byte[] avif =
                saved(withSegments(jpeg(), 0xe1, 1, room), "heifsave_buffer", "compression", "av1", "effort", "0");
        int at = new String(avif, StandardCharsets.ISO_8859_1).indexOf("xxxx");
        while (!(avif[at] == 'I' && avif[at + 1] == 'I') && !(avif[at] == 'M' && avif[at + 1] == 'M')) {
            at--;
        }
        System.arraycopy(tiff, 0, avif, at, tiff.length);
        return avif;
    }

    /** Decoded and saved again, metadata and all. */
    private byte[] saved(byte[] image, String saver, String... settings) {
        try (Arena arena = Arena.ofConfined();
                VipsSession session = vips.session()) {
            MemorySegment bytes = arena.allocate(image.length).copyFrom(MemorySegment.ofArray(image));
            VipsImage loaded =
                    session.operation("jpegload_buffer").set("buffer", bytes).image();
            return with(session.operation(saver).set("in", loaded), settings)
                    .bytes()
                    .toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static VipsOperation with(VipsOperation operation, String... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            operation.set(settings[i], settings[i + 1]);
        }
        return operation;
    }

    /** A JPEG whose frame header claims another size. */
    static byte[] claiming(byte[] jpeg, int width, int height) {
        ByteBuffer image = ByteBuffer.wrap(jpeg.clone());
        int at = 2;
        while ((image.get(at + 1) & 0xf0) != 0xc0 || image.get(at + 1) == (byte) 0xc4) {
            at += 2 + (image.getShort(at + 2) & 0xffff);
        }
        return image.putShort(at + 5, (short) height)
                .putShort(at + 7, (short) width)
                .array();
    }

    /** An AVIF whose every {@code ispe} claims another size. */
    static byte[] claimingAvif(byte[] avif, int side) {
        ByteBuffer image = ByteBuffer.wrap(avif.clone());
        for (int at = 0; at + 16 < avif.length; at++) {
            if (image.getInt(at) == 0x69737065) {
                image.putInt(at + 8, side).putInt(at + 12, side);
            }
        }
        return image.array();
    }

    /**
     * A grey progressive JPEG of one colour with up to 882 scans that are all as they should be (first each of 63
     * coefficients' highest bit, then the others); more repeat. A scan says "nothing" for 27,306 blocks with 15 bits.
     */
    public static byte[] scans(int side, int count) {
        int blocks = (side + 7) / 8 * ((side + 7) / 8);
        byte[] nothing = runs((blocks + 27_305) / 27_306);
        Bytes image = new Bytes()
                .hex("ffd8 ffc2 000b 08")
                .u16(side)
                .u16(side)
                .hex("01 01 11 00")
                .hex("ffdb 0043 00")
                .raw(filled(64, 1))
                .hex("ffc4 0014 00 01 000000000000000000000000000000 00")
                .hex("ffc4 0014 10 01 000000000000000000000000000000 e0")
                .hex("ffda 0008 01 01 00 00 00 00")
                .zeros(blocks / 8 + 1);
        for (int i = 0; i < count - 1; i++) {
            int low = 13 - i % 14;
            int coefficient = 1 + i / 14 % 63;
            image.hex("ffda 0008 01 01 00")
                    .u8(coefficient)
                    .u8(coefficient)
                    .u8(low == 13 ? low : (low + 1) << 4 | low)
                    .raw(nothing);
        }
        return image.hex("ffd9").array();
    }

    /** So many times the code 0 and the run 10101010101010, without a byte that has to be stuffed. */
    private static byte[] runs(int count) {
        BitSet bits = new BitSet();
        for (int run = 0; run < count; run++) {
            for (int bit = 1; bit < 15; bit += 2) {
                int at = run * 15 + bit;
                bits.set(at / 8 * 8 + 7 - at % 8);
            }
        }
        return Arrays.copyOf(bits.toByteArray(), (count * 15 + 7) / 8);
    }

    /** A complete PNG, grey, one bit a pixel, with chunks before its data. */
    static byte[] png(int width, int height, byte[] data, Bytes chunks) {
        byte[] header = new Bytes().u32(width).u32(height).hex("01 00 00 00 00").array();
        return new Bytes()
                .text("\u0089PNG\r\n\u001a\n")
                .raw(chunk("IHDR", header))
                .raw(chunks.array())
                .raw(chunk("IDAT", data))
                .raw(chunk("IEND", new byte[0]))
                .array();
    }

    /** A chunk with a checksum that holds. */
    static byte[] chunk(String type, byte[] data) {
        byte[] body = new Bytes().text(type).raw(data).array();
        CRC32 crc = new CRC32();
        crc.update(body);
        return new Bytes().u32(data.length).raw(body).u32(crc.getValue()).array();
    }

    /** So many zeros, deflated: about a thousandth. */
    static byte[] deflatedZeros(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] zeros = new byte[1 << 20];
            for (int left = count; left > 0; left -= zeros.length) {
                deflater.write(zeros, 0, Math.min(left, zeros.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A JPEG with segments between its first marker and the rest. */
    static byte[] withSegments(byte[] jpeg, int marker, int count, byte[] content) {
        Bytes out = new Bytes().raw(Arrays.copyOf(jpeg, 2));
        for (int i = 0; i < count; i++) {
            out.u8(0xff).u8(marker).u16(content.length + 2).raw(content);
        }
        return out.raw(Arrays.copyOfRange(jpeg, 2, jpeg.length)).array();
    }

    /** Bytes in the middle overwritten. */
    static byte[] scratched(byte[] image, double from, int length) {
        byte[] copy = image.clone();
        int start = (int) (copy.length * from);
        Arrays.fill(copy, start, Math.min(copy.length, start + length), (byte) 0xa5);
        return copy;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
