package io.sluice.image.hostile;

import static io.sluice.image.hostile.Answers.SHOWN;
import static io.sluice.image.hostile.Answers.TOO_COMPLEX;
import static io.sluice.image.hostile.Answers.UNDECODABLE;
import static io.sluice.image.hostile.HostileImages.chunk;
import static io.sluice.image.hostile.HostileImages.deflatedZeros;
import static io.sluice.image.hostile.HostileImages.filled;
import static io.sluice.image.hostile.HostileImages.png;
import static io.sluice.image.hostile.HostileImages.repeated;
import static io.sluice.image.hostile.HostileImages.text;
import static io.sluice.image.hostile.HostileImages.withSegments;
import static io.sluice.image.hostile.HostileInput.upload;

import io.sluice.image.scan.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chunks without end, and metadata that a reader could lose itself in. */
final class FloodFiles {
    private final HostileImages images;

    FloodFiles(HostileImages images) {
        this.images = images;
    }

    List<HostileInput> all() {
        List<HostileInput> all = new ArrayList<>();
        all.addAll(floods());
        all.addAll(metadata());
        return all;
    }

    private List<HostileInput> floods() {
        String kind = "Floods of chunks";
        return List.of(
                upload(
                        kind,
                        "JPEG with 80,000 APP markers",
                        withSegments(images.jpeg(), 0xe5, 80_000, new byte[0]),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG with 5,000 comments",
                        withSegments(images.jpeg(), 0xfe, 5_000, text("comment")),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG with 8 MB of fill bytes",
                        new Bytes()
                                .hex("ffd8")
                                .raw(filled(8 << 20, 0xff))
                                .raw(Arrays.copyOfRange(images.jpeg(), 3, images.jpeg().length))
                                .array(),
                        SHOWN),
                upload(
                        kind,
                        "PNG with 5,000 text chunks",
                        png(16, 16, deflatedZeros(48), repeated(5_000, chunk("tEXt", text("a\0b")))),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "PNG with 500,000 empty IDAT chunks",
                        png(16, 16, deflatedZeros(48), repeated(500_000, chunk("IDAT", new byte[0]))),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "GIF with 5,000 comments",
                        new Bytes()
                                .raw(Bytes.gif(8, 8).array())
                                .raw(repeated(
                                                5_000,
                                                new Bytes().hex("21fe 01 41 00").array())
                                        .array())
                                .gifFrame(8, 8)
                                .hex("3b")
                                .array(),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "GIF with 2,000,000 blocks of one byte",
                        new Bytes()
                                .raw(Bytes.gif(8, 8).array())
                                .u8(0x2c)
                                .zeros(4)
                                .le16(8)
                                .le16(8)
                                .hex("00 02")
                                .raw(repeated(2_000_000, new byte[] {1, 0x44}).array())
                                .hex("00 3b")
                                .array(),
                        SHOWN,
                        UNDECODABLE),
                upload(
                        kind,
                        "WebP with 5,000 unknown chunks",
                        Bytes.webp(repeated(
                                5_000,
                                new Bytes().webpChunk("JUNK", new byte[2]).array())),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "AVIF with 5,000 empty boxes",
                        new Bytes()
                                .raw(Arrays.copyOf(Bytes.avif(8, 8).array(), 24))
                                .raw(repeated(
                                                5_000,
                                                new Bytes()
                                                        .box("free", new byte[0])
                                                        .array())
                                        .array())
                                .array(),
                        TOO_COMPLEX),
                upload(kind, "AVIF with boxes 1,500 deep", deepBoxes(), TOO_COMPLEX));
    }

    private List<HostileInput> metadata() {
        String kind = "Metadata";
        return List.of(
                upload(
                        kind,
                        "JPEG with an ICC profile of 8 MB that is none",
                        withSegments(
                                images.jpeg(),
                                0xe2,
                                128,
                                new Bytes()
                                        .text("ICC_PROFILE\0")
                                        .u8(1)
                                        .u8(1)
                                        .zeros(65_000)
                                        .array()),
                        SHOWN,
                        UNDECODABLE),
                upload(
                        kind,
                        "JPEG with 20 MB of EXIF",
                        withSegments(
                                images.jpeg(),
                                0xe1,
                                320,
                                new Bytes().text("Exif\0\0").zeros(65_500).array()),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG whose EXIF points at itself",
                        withSegments(
                                images.jpeg(),
                                0xe1,
                                1,
                                new Bytes()
                                        .text("Exif\0\0")
                                        .raw(circular(5_000))
                                        .array()),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG whose EXIF has 5,000 values on the same 60 KB",
                        withSegments(images.jpeg(), 0xe1, 1, overlapping(5_000)),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "PNG whose EXIF points at itself",
                        png(16, 16, deflatedZeros(48), new Bytes().raw(chunk("eXIf", circular(5_000)))),
                        TOO_COMPLEX),
                upload(kind, "AVIF whose EXIF points at itself", images.avifWithExif(circular(5_000)), TOO_COMPLEX),
                upload(
                        kind,
                        "WebP whose EXIF points at itself",
                        Bytes.webp(new Bytes()
                                .webpChunk(
                                        "VP8X",
                                        new Bytes()
                                                .hex("08000000 0f0000 0f0000")
                                                .array())
                                .webpChunk(
                                        "VP8L",
                                        new Bytes().hex("2f 00000000 8808").array())
                                .webpChunk("EXIF", circular(5_000))),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG whose EXIF claims orientation 65,535",
                        withSegments(
                                images.jpeg(),
                                0xe1,
                                1,
                                new Bytes()
                                        .text("Exif\0\0MM\0*")
                                        .u32(8)
                                        .u16(1)
                                        .hex("0112 0003 00000001 ffff 0000 00000000")
                                        .array()),
                        SHOWN),
                upload(
                        kind,
                        "PNG with 20 MB of text",
                        png(
                                16,
                                16,
                                deflatedZeros(48),
                                new Bytes()
                                        .raw(chunk(
                                                "tEXt",
                                                new Bytes()
                                                        .text("a\0")
                                                        .raw(filled(20 << 20, 'x'))
                                                        .array()))),
                        TOO_COMPLEX));
    }

    private static byte[] deepBoxes() {
        byte[] inner = new byte[0];
        for (int depth = 0; depth < 1_500; depth++) {
            inner = new Bytes().box("iprp", inner).array();
        }
        return new Bytes()
                .raw(Arrays.copyOf(Bytes.avif(8, 8).array(), 24))
                .raw(inner)
                .array();
    }

    /** A TIFF whose one directory has nothing but pointers to itself. */
    private static byte[] circular(int entries) {
        byte[] pointer = new Bytes().hex("8769 0004 00000001 00000008").array();
        return new Bytes()
                .text("MM\0*")
                .u32(8)
                .u16(entries)
                .raw(repeated(entries, pointer).array())
                .zeros(4)
                .array();
    }

    private static byte[] overlapping(int entries) {
        byte[] value = new Bytes().hex("010e 0002 0000ea60 00000008").array();
        return new Bytes()
                .text("Exif\0\0MM\0*")
                .u32(8)
                .u16(entries)
                .raw(repeated(entries, value).array())
                .zeros(4)
                .array();
    }
}
