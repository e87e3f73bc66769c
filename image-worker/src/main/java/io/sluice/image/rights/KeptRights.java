package io.sluice.image.rights;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.image.scan.SourceFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * The rights of a source, to be put into what is made of it: as EXIF (Artist, Copyright) and XMP, written anew, so that no other
 * byte of the source's metadata gets through. A GIF carries XMP alone. Immutable.
 */
public final class KeptRights {
    private static final int CHUNK = 12;

    private final byte[] exif;
    private final byte[] xmp;

    private KeptRights(Rights rights) {
        boolean tiff = !rights.copyright().isEmpty() || !rights.creator().isEmpty();
        this.exif = tiff ? ExifRights.write(rights) : new byte[0];
        this.xmp = rights.none() ? new byte[0] : XmpRights.write(rights);
    }

    /** The rights of an original that has passed the scanner. */
    public static KeptRights of(Path original, SourceFormat format) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(original, StandardOpenOption.READ)) {
            return of(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                            .asByteBuffer(),
                    format);
        }
    }

    static KeptRights of(ByteBuffer original, SourceFormat format) {
        return new KeptRights(RightsReader.read(original, format));
    }

    /** Most bytes that they add to an image. */
    public int bytes() {
        return xmp.length == 0 ? 0 : exif.length + xmp.length + 512;
    }

    /** The image with them in it, ready to be read; the image itself when there are none. */
    public ByteBuffer in(ByteBuffer image, ImageFormat format) {
        if (xmp.length == 0) {
            return image;
        }
        ByteBuffer from = image.slice();
        return switch (format) {
            case JPEG -> jpeg(from);
            case PNG -> png(from);
            case WEBP -> webp(from.order(ByteOrder.LITTLE_ENDIAN));
            case AVIF -> AvifRights.add(from, exif, xmp);
            case GIF -> gif(from);
        };
    }

    private ByteBuffer target(ByteBuffer image) {
        return ByteBuffer.allocateDirect(image.limit() + bytes());
    }

    /** Behind JFIF's own segment, which wants to be the first. */
    private ByteBuffer jpeg(ByteBuffer image) {
        boolean jfif = (image.get(3) & 0xff) == 0xe0;
        int at = jfif ? 4 + (image.getShort(4) & 0xffff) : 2;
        ByteBuffer target = target(image).put(image.slice(0, at));
        if (exif.length > 0) {
            segment(target, "Exif\0\0", exif);
        }
        segment(target, "http://ns.adobe.com/xap/1.0/\0", xmp);
        return target.put(image.slice(at, image.limit() - at)).flip();
    }

    private static void segment(ByteBuffer target, String header, byte[] content) {
        target.putShort((short) 0xffe1).putShort((short) (2 + header.length() + content.length));
        target.put(header.getBytes(StandardCharsets.US_ASCII)).put(content);
    }

    private ByteBuffer png(ByteBuffer image) {
        int at = 8 + CHUNK + image.getInt(8);
        ByteBuffer target = target(image).put(image.slice(0, at));
        if (exif.length > 0) {
            chunk(target, "eXIf", exif);
        }
        byte[] keyword = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] text = ByteBuffer.allocate(keyword.length + xmp.length)
                .put(keyword)
                .put(xmp)
                .array();
        chunk(target, "iTXt", text);
        return target.put(image.slice(at, image.limit() - at)).flip();
    }

    private static void chunk(ByteBuffer target, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        target.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
    }

    /** Only the extended format carries metadata (RFC 9649, 2.7). */
    private ByteBuffer webp(ByteBuffer image) {
        ByteBuffer target = target(image).order(ByteOrder.LITTLE_ENDIAN).put(image.slice(0, 12));
        int flags = (exif.length > 0 ? 0x08 : 0) | 0x04;
        if (Texts.at(image, 12, "VP8X")) {
            target.put(image.slice(12, image.limit() - 12)).put(20, (byte) (image.get(20) | flags));
        } else {
            extended(target, image, flags);
            target.put(image.slice(12, image.limit() - 12));
        }
        if (exif.length > 0) {
            webpChunk(target, "EXIF", exif);
        }
        webpChunk(target, "XMP ", xmp);
        return target.putInt(4, target.position() - 8).flip();
    }

    private static void extended(ByteBuffer target, ByteBuffer image, int flags) {
        boolean lossless = Texts.at(image, 12, "VP8L");
        int bits = lossless ? image.getInt(21) : 0;
        int width = lossless ? bits & 0x3fff : (image.getShort(26) & 0x3fff) - 1;
        int height = lossless ? bits >>> 14 & 0x3fff : (image.getShort(28) & 0x3fff) - 1;
        int alpha = (bits >>> 28 & 1) << 4;
        target.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(flags | alpha);
        target.putShort((short) width).put((byte) (width >>> 16));
        target.putShort((short) height).put((byte) (height >>> 16));
    }

    private static void webpChunk(ByteBuffer target, String type, byte[] content) {
        target.put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content);
        if (content.length % 2 == 1) {
            target.put((byte) 0);
        }
    }

    /** An application extension right before the end; its trailer lets a reader of GIF's blocks find its way (XMP part 3). */
    private ByteBuffer gif(ByteBuffer image) {
        int end = image.limit() - 1;
        ByteBuffer target = target(image).put(image.slice(0, end));
        target.putShort((short) 0x21ff).put((byte) 11).put("XMP DataXMP".getBytes(StandardCharsets.US_ASCII));
        target.put(xmp).put((byte) 1);
        for (int i = 0xff; i >= 0; i--) {
            target.put((byte) i);
        }
        return target.put((byte) 0).put(image.get(end)).flip();
    }
}
