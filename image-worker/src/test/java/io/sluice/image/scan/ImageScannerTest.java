package io.sluice.image.scan;

import static io.sluice.image.scan.Bytes.avif;
import static io.sluice.image.scan.Bytes.gif;
import static io.sluice.image.scan.Bytes.jpeg;
import static io.sluice.image.scan.Bytes.png;
import static io.sluice.image.scan.Bytes.webp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.image.scan.Scan.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageScannerTest {
    private static final ImageScanner SCANNER = new ImageScanner(ScanLimits.DEFAULT);

    static Stream<Arguments> images() {
        byte[] exif = new Bytes()
                .text("Exif\0\0II*\0")
                .le32(8)
                .le16(1)
                .le16(0x0112)
                .le16(3)
                .le32(1)
                .le16(6)
                .zeros(6)
                .array();
        return Stream.of(
                arguments(png(64, 32, 2).chunk("IDAT", new byte[9]).chunk("IEND", new byte[0]), 64, 32, false, false),
                arguments(png(64, 32, 6).chunk("IDAT", new byte[9]).chunk("IEND", new byte[0]), 64, 32, true, false),
                arguments(
                        png(8, 8, 3)
                                .chunk("tRNS", new byte[1])
                                .chunk("acTL", new Bytes().u32(2).u32(0).array())
                                .chunk("IDAT", new byte[9])
                                .chunk("IEND", new byte[0]),
                        8,
                        8,
                        true,
                        true),
                arguments(jpeg(640, 480, false).scan().hex("ffd9"), 640, 480, false, false),
                arguments(jpeg(640, 480, true).scan().scan().hex("ffd9").text("trailing"), 640, 480, false, false),
                arguments(
                        new Bytes()
                                .hex("ffd8 ffe1")
                                .u16(exif.length + 2)
                                .raw(exif)
                                .raw(Arrays.copyOfRange(jpeg(640, 480, false).array(), 2, 15))
                                .scan()
                                .hex("ffd9"),
                        480,
                        640,
                        false,
                        false),
                arguments(gif(10, 20).gifFrame(10, 20).u8(0x3b), 10, 20, false, false),
                arguments(gif(10, 20).gifFrame(10, 20).gifFrame(4, 4).u8(0x3b), 10, 20, false, true),
                arguments(
                        new Bytes()
                                .raw(webp(new Bytes()
                                        .webpChunk(
                                                "VP8 ",
                                                new Bytes()
                                                        .zeros(6)
                                                        .le16(30)
                                                        .le16(40)
                                                        .array()))),
                        30,
                        40,
                        false,
                        false),
                arguments(
                        new Bytes()
                                .raw(webp(new Bytes()
                                        .webpChunk(
                                                "VP8L",
                                                new Bytes()
                                                        .u8(0x2f)
                                                        .le32(29 | 39 << 14 | 1 << 28)
                                                        .array()))),
                        30,
                        40,
                        true,
                        false),
                arguments(avif(300, 200), 300, 200, false, false));
    }

    @ParameterizedTest
    @MethodSource("images")
    void reads_size_transparency_and_animation(Bytes image, int width, int height, boolean alpha, boolean animated) {
        assertThat(SCANNER.scan(image.buffer())).isInstanceOfSatisfying(Scan.Accepted.class, accepted -> {
            assertThat(accepted.facts().width()).isEqualTo(width);
            assertThat(accepted.facts().height()).isEqualTo(height);
            assertThat(accepted.facts().alpha()).isEqualTo(alpha);
            assertThat(accepted.facts().animated()).isEqualTo(animated);
        });
    }

    static Stream<Arguments> profiled() {
        byte[] vp8 = new Bytes().zeros(6).le16(30).le16(40).array();
        return Stream.of(
                arguments("png", whole(png(8, 8, 2)), false),
                arguments("png with iCCP", whole(png(8, 8, 2).chunk("iCCP", new byte[20])), true),
                arguments("png with sRGB", whole(png(8, 8, 2).chunk("sRGB", new byte[1])), false),
                arguments("jpeg", jpeg(8, 8, false).scan().hex("ffd9"), false),
                arguments(
                        "jpeg with ICC",
                        jpeg(8, 8, false)
                                .hex("ffe2 0010")
                                .text("ICC_PROFILE\0\1\1")
                                .scan()
                                .hex("ffd9"),
                        true),
                arguments(
                        "jpeg with another APP2",
                        jpeg(8, 8, false).hex("ffe2 0006").text("MPF\0").scan().hex("ffd9"),
                        false),
                arguments(
                        "cmyk jpeg",
                        new Bytes()
                                .hex("ffd8 ffc0 0014 08 0008 0008 04 011100 021100 031100 041100")
                                .scan()
                                .hex("ffd9"),
                        true),
                arguments("webp", new Bytes().raw(webp(new Bytes().webpChunk("VP8 ", vp8))), false),
                arguments(
                        "webp with ICCP",
                        new Bytes()
                                .raw(webp(new Bytes()
                                        .webpChunk("ICCP", new byte[20])
                                        .webpChunk("VP8 ", vp8))),
                        true),
                arguments("avif", avif(8, 8), false),
                arguments("avif with nclx", avif(8, 8).box("colr", profile("nclx")), false),
                arguments("avif with prof", avif(8, 8).box("colr", profile("prof")), true),
                arguments("avif with rICC", avif(8, 8).box("colr", profile("rICC")), true),
                arguments("gif", gif(10, 20).gifFrame(10, 20).u8(0x3b), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiled")
    void tells_whose_colours_need_a_conversion(String name, Bytes image, boolean managed) {
        assertThat(SCANNER.scan(image.buffer()))
                .isInstanceOfSatisfying(
                        Scan.Accepted.class,
                        accepted -> assertThat(accepted.facts().colourManaged()).isEqualTo(managed));
    }

    static Stream<Arguments> hostile() {
        Bytes floods = png(8, 8, 2);
        for (int i = 0; i < 1_100; i++) {
            floods.chunk("junk", new byte[1]);
        }
        Bytes texts = png(8, 8, 2);
        for (int i = 0; i < 33; i++) {
            texts.chunk("zTXt", new byte[200]);
        }
        Bytes scans = jpeg(64, 64, true);
        for (int i = 0; i < 65; i++) {
            scans.scan();
        }
        Bytes largeScans = jpeg(7_000, 7_000, true);
        for (int i = 0; i < 21; i++) {
            largeScans.scan();
        }
        Bytes markers = new Bytes().hex("ffd8");
        for (int i = 0; i < 1_100; i++) {
            markers.hex("ffe5 0003 00");
        }
        Bytes frames = gif(10, 10);
        for (int i = 0; i < 1_001; i++) {
            frames.gifFrame(1, 1);
        }
        return Stream.of(
                arguments("empty", new Bytes(), Cause.NOT_AN_IMAGE),
                arguments("html", new Bytes().text("<html><script>alert(1)</script>"), Cause.NOT_AN_IMAGE),
                arguments("svg", new Bytes().text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Cause.NOT_AN_IMAGE),
                arguments("pdf", new Bytes().text("%PDF-1.7"), Cause.NOT_AN_IMAGE),
                arguments(
                        "mp4",
                        new Bytes()
                                .box(
                                        "ftyp",
                                        new Bytes().text("isom\0\0\0\0isom").array()),
                        Cause.NOT_AN_IMAGE),
                arguments("png bomb", whole(png(50_000, 50_000, 0)), Cause.TOO_MANY_PIXELS),
                arguments("png of 2^31-1", whole(png(Integer.MAX_VALUE, 1, 0)), Cause.TOO_MANY_PIXELS),
                arguments("png of negative width", whole(png(-1, 1, 0)), Cause.DAMAGED),
                arguments("png without a picture", png(8, 8, 2).chunk("IEND", new byte[0]), Cause.DAMAGED),
                arguments("png cut off", png(8, 8, 2).u32(1_000_000).text("IDAT"), Cause.DAMAGED),
                arguments("png chunk flood", floods, Cause.TOO_COMPLEX),
                arguments("png compressed text flood", texts, Cause.TOO_COMPLEX),
                arguments(
                        "png frame flood",
                        png(8, 8, 2)
                                .chunk("acTL", new Bytes().u32(100_000).u32(0).array()),
                        Cause.TOO_COMPLEX),
                arguments(
                        "jpeg of 65500 squared",
                        jpeg(65_500, 65_500, false).scan().hex("ffd9"),
                        Cause.TOO_COMPLEX),
                arguments("jpeg of 60 MP", jpeg(10_000, 6_000, false).scan().hex("ffd9"), Cause.TOO_MANY_PIXELS),
                arguments("jpeg scan bomb", scans.hex("ffd9"), Cause.TOO_COMPLEX),
                arguments("jpeg scan bomb of 49 MP", largeScans.hex("ffd9"), Cause.TOO_COMPLEX),
                arguments("jpeg marker flood", markers, Cause.TOO_COMPLEX),
                arguments("jpeg cut off in a scan", jpeg(64, 64, false).scan(), Cause.DAMAGED),
                arguments(
                        "jpeg of two frames",
                        jpeg(64, 64, false).raw(jpeg(9, 9, false).array()),
                        Cause.DAMAGED),
                arguments("jpeg lossless", new Bytes().hex("ffd8 ffc3 000b 08 0040 0040 01 01 11 00"), Cause.DAMAGED),
                arguments(
                        "gif of a huge screen",
                        gif(65_535, 65_535).gifFrame(1, 1).u8(0x3b),
                        Cause.TOO_MANY_PIXELS),
                arguments(
                        "gif of a huge frame",
                        gif(1, 1).gifFrame(65_535, 65_535).u8(0x3b),
                        Cause.TOO_MANY_PIXELS),
                arguments("gif frame flood", frames, Cause.TOO_COMPLEX),
                arguments("gif without a frame", gif(1, 1).u8(0x3b), Cause.DAMAGED),
                arguments(
                        "webp of 16384 squared",
                        new Bytes()
                                .raw(webp(new Bytes()
                                        .webpChunk(
                                                "VP8L",
                                                new Bytes()
                                                        .u8(0x2f)
                                                        .le32(0x0fffffff)
                                                        .array()))),
                        Cause.TOO_MANY_PIXELS),
                arguments("webp cut off", new Bytes().text("RIFF").le32(1_000).text("WEBPVP8 "), Cause.DAMAGED),
                arguments("avif of 40000 squared", avif(40_000, 40_000), Cause.TOO_MANY_PIXELS),
                arguments("avif of overflowing size", avif(-1, -1), Cause.DAMAGED),
                arguments(
                        "avif box beyond the end",
                        new Bytes()
                                .box(
                                        "ftyp",
                                        new Bytes().text("avif\0\0\0\0avif").array())
                                .u32(0x7fffffff)
                                .text("meta"),
                        Cause.DAMAGED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refuses_what_would_hurt(String name, Bytes image, Cause cause) {
        assertThat(SCANNER.scan(image.buffer()))
                .isInstanceOfSatisfying(
                        Scan.Refused.class,
                        refused ->
                                assertThat(refused.cause()).as(refused.detail()).isEqualTo(cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wine.jpg", "seeds.jpg", "night.jpg"})
    void takes_photographs_and_refuses_them_cut_anywhere(String photo) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("../samples/photos", photo));
        assertThat(SCANNER.scan(ByteBuffer.wrap(whole))).isInstanceOf(Scan.Accepted.class);
        for (int percent = 0; percent < 100; percent++) {
            byte[] cut = Arrays.copyOf(whole, whole.length / 100 * percent);
            assertThat(SCANNER.scan(ByteBuffer.wrap(cut))).as("%d %%", percent).isInstanceOf(Scan.Refused.class);
        }
    }

    @Test
    void tells_the_format_by_the_bytes_alone() {
        ByteBuffer html = ByteBuffer.wrap("<html>.jpg".getBytes(StandardCharsets.US_ASCII));
        assertThat(SCANNER.scan(html)).isInstanceOf(Scan.Refused.class);
    }

    private static byte[] profile(String kind) {
        return new Bytes().text(kind).zeros(20).array();
    }

    private static Bytes whole(Bytes png) {
        return png.chunk("IDAT", new byte[9]).chunk("IEND", new byte[0]);
    }
}
