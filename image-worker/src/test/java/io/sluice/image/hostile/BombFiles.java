package io.sluice.image.hostile;

import static io.sluice.image.hostile.Answers.DAMAGED;
import static io.sluice.image.hostile.Answers.SHOWN;
import static io.sluice.image.hostile.Answers.SMALLER_AS_IT_IS;
import static io.sluice.image.hostile.Answers.TOO_COMPLEX;
import static io.sluice.image.hostile.Answers.TOO_LARGE;
import static io.sluice.image.hostile.Answers.UNDECODABLE;
import static io.sluice.image.hostile.HostileImages.chunk;
import static io.sluice.image.hostile.HostileImages.claiming;
import static io.sluice.image.hostile.HostileImages.compressed;
import static io.sluice.image.hostile.HostileImages.deflatedZeros;
import static io.sluice.image.hostile.HostileImages.gif;
import static io.sluice.image.hostile.HostileImages.png;
import static io.sluice.image.hostile.HostileImages.repeated;
import static io.sluice.image.hostile.HostileInput.upload;

import io.sluice.image.scan.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Few bytes that ask for many pixels or much work. */
final class BombFiles {
    private final HostileImages images;

    BombFiles(HostileImages images) {
        this.images = images;
    }

    List<HostileInput> all() {
        List<HostileInput> all = new ArrayList<>();
        all.addAll(pixelBombs());
        all.addAll(headerLies());
        all.addAll(workBombs());
        return all;
    }

    private List<HostileInput> pixelBombs() {
        String kind = "Pixel bombs";
        byte[] zeros = deflatedZeros(1 << 20);
        return List.of(
                upload(kind, "PNG of 50,000 x 50,000", png(50_000, 50_000, zeros, new Bytes()), TOO_LARGE),
                upload(kind, "PNG of 2^31-1 x 1", png(Integer.MAX_VALUE, 1, zeros, new Bytes()), TOO_LARGE),
                upload(kind, "PNG of 0 x 0", png(0, 0, zeros, new Bytes()), DAMAGED),
                upload(kind, "GIF screen of 65,535 x 65,535", gif(65_535, 1, 1), TOO_LARGE),
                upload(kind, "GIF frame of 65,535 x 65,535 in a small screen", gif(1, 65_535, 1), TOO_LARGE),
                upload(
                        kind,
                        "WebP canvas of 16,384 x 16,384",
                        Bytes.webp(new Bytes()
                                .webpChunk(
                                        "VP8X",
                                        new Bytes()
                                                .zeros(4)
                                                .hex("ff3f00 ff3f00")
                                                .array())
                                .webpChunk(
                                        "VP8L", new Bytes().hex("2f 00000000").array())),
                        TOO_LARGE),
                upload(
                        kind,
                        "WebP picture of 16,384 x 16,384",
                        Bytes.webp(new Bytes()
                                .webpChunk(
                                        "VP8L",
                                        new Bytes().hex("2f ffffff0f 00").array())),
                        TOO_LARGE),
                upload(
                        kind,
                        "AVIF of 60,000 x 60,000",
                        Bytes.avif(60_000, 60_000).array(),
                        TOO_LARGE),
                upload(kind, "JPEG of 65,500 x 65,500", claiming(images.jpeg(), 65_500, 65_500), TOO_COMPLEX),
                upload(
                        kind,
                        "1 PNG row of 16 pixels, data for 100 MB",
                        png(16, 1, deflatedZeros(100 << 20), new Bytes()),
                        SHOWN,
                        UNDECODABLE,
                        SMALLER_AS_IT_IS));
    }

    private List<HostileInput> headerLies() {
        String kind = "Headers that lie";
        return List.of(
                upload(
                        kind,
                        "JPEG of 192 pixels that claims 7,000 x 7,000",
                        claiming(images.jpeg(), 7_000, 7_000),
                        SHOWN,
                        UNDECODABLE),
                upload(
                        kind,
                        "PNG of 16 pixels that claims 7,000 x 7,000",
                        png(7_000, 7_000, deflatedZeros(16), new Bytes()),
                        UNDECODABLE),
                upload(kind, "GIF of 1 pixel that claims 7,000 x 7,000", gif(7_000, 1, 1), SHOWN, UNDECODABLE),
                upload(
                        kind,
                        "AVIF of 8,192 x 8,192 that claims 64 x 64",
                        HostileImages.claimingAvif(
                                images.flat(8_192, "heifsave_buffer", "compression", "av1", "effort", "0"), 64),
                        UNDECODABLE),
                upload(
                        kind,
                        "AVIF of 192 pixels that claims 7,000 x 7,000",
                        HostileImages.claimingAvif(images.avif(), 7_000),
                        UNDECODABLE),
                upload(
                        kind,
                        "WebP whose canvas of 7,000 x 7,000 has a picture of 1",
                        Bytes.webp(new Bytes()
                                .webpChunk(
                                        "VP8X",
                                        new Bytes()
                                                .zeros(4)
                                                .hex("571b00 571b00")
                                                .array())
                                .webpChunk(
                                        "VP8L",
                                        new Bytes().hex("2f 00000000 88 08").array())),
                        UNDECODABLE));
    }

    private List<HostileInput> workBombs() {
        String kind = "Work out of proportion";
        return List.of(
                upload(kind, "JPEG of 7,000 x 7,000 with 2,001 scans", HostileImages.scans(7_000, 2_001), TOO_COMPLEX),
                upload(
                        kind,
                        "JPEG of 16,000 x 16,000 with 2,001 scans",
                        HostileImages.scans(16_000, 2_001),
                        TOO_COMPLEX),
                upload(kind, "JPEG of 64 x 64 with 65 scans", HostileImages.scans(64, 65), TOO_COMPLEX),
                upload(kind, "GIF of 5,000 frames", gif(16, 16, 5_000), TOO_COMPLEX),
                upload(kind, "WebP of 5,000 frames", webpFrames(), TOO_COMPLEX),
                upload(
                        kind,
                        "PNG that announces 5,000 frames",
                        png(
                                16,
                                16,
                                deflatedZeros(48),
                                new Bytes()
                                        .raw(chunk(
                                                "acTL",
                                                new Bytes().u32(5_000).u32(0).array()))),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "PNG with 5 zTXt chunks of 100 MB each",
                        png(16, 16, deflatedZeros(48), compressed("zTXt", "a\0\0", 5, 100 << 20)),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "PNG with one zTXt chunk of 100 MB",
                        png(16, 16, deflatedZeros(48), compressed("zTXt", "a\0\0", 1, 100 << 20)),
                        SHOWN,
                        SMALLER_AS_IT_IS),
                upload(
                        kind,
                        "PNG with one iTXt chunk of 150 MB",
                        png(16, 16, deflatedZeros(48), compressed("iTXt", "a\0\1\0\0\0", 1, 150 << 20)),
                        TOO_COMPLEX),
                upload(
                        kind,
                        "PNG with a profile (iCCP) of 100 MB",
                        png(16, 16, deflatedZeros(48), compressed("iCCP", "a\0\0", 1, 100 << 20)),
                        SHOWN,
                        SMALLER_AS_IT_IS));
    }

    private static byte[] webpFrames() {
        byte[] frame = new Bytes().webpChunk("ANMF", new byte[24]).array();
        return Bytes.webp(new Bytes()
                .webpChunk("VP8X", new Bytes().hex("02 000000 0f0000 0f0000").array())
                .raw(repeated(5_000, frame).array()));
    }
}
