package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.Service;
import io.sluice.image.scan.Bytes;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.SourceFormat;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import io.sluice.testkit.libvips.Libvips;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTest {
    private static final Vips VIPS = Vips.load(Libvips.locate());
    private static final int[] ORANGE = {200, 50, 30};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void brings_the_colours_of_a_display_p3_jpeg_to_srgb() throws IOException {
        byte[] wide = in("p3", "jpegsave_buffer");
        assertThat(Service.facts(wide).colourManaged()).isTrue();
        assertThat(rgb(png(withoutProfile(wide)), 32, 32)[0])
                .as("red in Display P3")
                .isLessThan(190);

        assertNear(rgb(png(wide), 32, 32), ORANGE);
    }

    @Test
    void brings_the_profile_of_each_format_to_srgb() throws IOException {
        for (String saver : new String[] {"pngsave_buffer", "webpsave_buffer", "heifsave_buffer"}) {
            byte[] wide = saver.startsWith("heif")
                    ? in("p3", saver, "compression", "av1", "effort", "0", "Q", "90")
                    : in("p3", saver);
            assertThat(Service.facts(wide).colourManaged()).as(saver).isTrue();
            assertNear(rgb(png(wide), 32, 32), ORANGE);
        }
    }

    @Test
    void brings_a_cmyk_jpeg_to_srgb_with_and_without_its_profile() throws IOException {
        byte[] cmyk = in("cmyk", "jpegsave_buffer", "Q", "95");
        byte[] unprofiled = withoutProfile(cmyk);
        assertThat(Service.facts(cmyk).colourManaged()).isTrue();
        assertThat(Service.facts(unprofiled).colourManaged()).isTrue();

        // Inks do not reach the whole of the blue; what is not converted is off by far more.
        assertNear(rgb(png(cmyk), 32, 32), ORANGE, 16);
        assertNear(rgb(png(unprofiled), 32, 32), ORANGE, 16);
    }

    @Test
    void skips_the_conversion_of_what_is_srgb_already_and_the_pixels_agree() throws IOException {
        byte[] photo = withSrgb(Service.photo("wine.jpg"));
        ImageFacts facts = Service.facts(photo);
        assertThat(facts.colourManaged()).isFalse();
        assertThat(meanDifference(png(photo, facts, 256), png(photo, managed(facts), 256)))
                .isLessThan(1);
        for (String saver : new String[] {"jpegsave_buffer", "pngsave_buffer", "webpsave_buffer"}) {
            assertThat(Service.facts(in("srgb", saver)).colourManaged())
                    .as(saver)
                    .isFalse();
        }
        byte[] avif = in("srgb", "heifsave_buffer", "compression", "av1", "effort", "0", "Q", "90");
        assertThat(Service.facts(avif).colourManaged()).isFalse();
    }

    @Test
    void makes_eight_bits_of_sixteen() throws IOException {
        byte[] deep = made((session, flat) -> session.operation("colourspace")
                .set("in", flat)
                .set("space", "rgb16")
                .image());
        assertThat(deep[24]).as("bit depth in IHDR").isEqualTo((byte) 16);
        byte[] deepGrey = made((session, flat) -> session.operation("colourspace")
                .set("in", flat)
                .set("space", "grey16")
                .image());
        assertThat(deepGrey[24]).as("bit depth in IHDR").isEqualTo((byte) 16);

        byte[] made = png(deep);
        assertThat(made[24]).isEqualTo((byte) 8);
        assertNear(rgb(made, 32, 32), ORANGE);
        byte[] grey = png(deepGrey);
        assertThat(grey[24]).isEqualTo((byte) 8);
        assertNear(rgb(grey, 32, 32), rgb(grey(), 32, 32));
    }

    @Test
    void leaves_the_colours_of_a_plain_image_as_they_are() throws IOException {
        byte[] plain = made((session, flat) -> flat);
        assertThat(Service.facts(plain).colourManaged()).isFalse();
        assertThat(rgb(png(plain), 32, 32)).containsExactly(ORANGE);

        byte[] photo = Service.photo("wine.jpg");
        ImageFacts facts = Service.facts(photo);
        assertThat(facts.colourManaged()).isFalse();
        assertThat(meanDifference(png(photo, facts, 256), png(photo, managed(facts), 256)))
                .isLessThan(1);
    }

    @Test
    void decodes_an_avif() throws IOException {
        byte[] avif = made((session, flat) -> flat, "heifsave_buffer", "compression", "av1", "effort", "0", "Q", "90");
        assertThat(Service.facts(avif).format()).isEqualTo(SourceFormat.AVIF);
        assertThat(Service.facts(avif).colourManaged()).isFalse();

        assertNear(rgb(png(avif), 32, 32), ORANGE);
    }

    @Test
    void turns_a_jpeg_upright_and_so_does_whoever_shows_its_stripped_pixels() throws IOException {
        byte[] lying = made(
                (session, flat) -> session.operation("embed")
                        .set("in", flat)
                        .set("x", 0)
                        .set("y", 0)
                        .set("width", 256)
                        .set("height", 128)
                        .image(),
                "jpegsave_buffer",
                VIPS.atLeast(8, 15) ? "keep" : "strip",
                VIPS.atLeast(8, 15) ? "none" : "true");
        byte[] turned = new Bytes()
                .raw(Arrays.copyOf(lying, 2))
                .hex("ffe1 0022")
                .text("Exif\0\0MM\0*")
                .u32(8)
                .u16(1)
                .u16(0x0112)
                .u16(3)
                .u32(1)
                .u16(6)
                .u16(0)
                .u32(0)
                .raw(Arrays.copyOfRange(lying, 2, lying.length))
                .array();
        ByteBuffer kept = OriginalPixels.strip(ByteBuffer.wrap(turned), Service.facts(turned));
        byte[] stripped = new byte[kept.remaining()];
        kept.get(stripped);

        for (byte[] image : new byte[][] {turned, stripped}) {
            assertThat(Service.facts(image).width()).isEqualTo(128);
            assertThat(Service.facts(image).height()).isEqualTo(256);
            byte[] upright = png(image);
            assertNear(rgb(upright, 32, 16), ORANGE); // left comes to the top
            assertNear(rgb(upright, 32, 112), new int[] {0, 0, 0});
        }
    }

    private static byte[] grey() {
        return made((session, flat) -> session.operation("colourspace")
                .set("in", flat)
                .set("space", "b-w")
                .image());
    }

    /** A flat picture of the colour in another space, with its profile embedded. */
    private static byte[] in(String profile, String saver, String... settings) {
        return made(
                (session, flat) -> session.operation("icc_transform")
                        .set("in", flat)
                        .set("input-profile", "srgb")
                        .set("output-profile", profile)
                        .image(),
                saver,
                settings);
    }

    private static byte[] made(BiFunction<VipsSession, VipsImage, VipsImage> change) {
        return made(change, "pngsave_buffer");
    }

    /** A flat sRGB picture of 128 x 128 pixels, changed and saved. */
    private static byte[] made(BiFunction<VipsSession, VipsImage, VipsImage> change, String saver, String... settings) {
        try (VipsSession session = VIPS.session()) {
            VipsImage black = session.operation("black")
                    .set("width", 128)
                    .set("height", 128)
                    .set("bands", 3)
                    .image();
            VipsImage flat = session.operation("linear")
                    .set("in", black)
                    .set("a", "1")
                    .set("b", ORANGE[0] + " " + ORANGE[1] + " " + ORANGE[2])
                    .set("uchar", true)
                    .image();
            VipsImage srgb = session.operation("copy")
                    .set("in", flat)
                    .set("interpretation", "srgb")
                    .image();
            var save = session.operation(saver).set("in", change.apply(session, srgb));
            for (int i = 0; i < settings.length; i += 2) {
                save.set(settings[i], settings[i + 1]);
            }
            return save.bytes().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static byte[] withoutProfile(byte[] jpeg) {
        ByteBuffer image = ByteBuffer.wrap(jpeg);
        Bytes kept = new Bytes().hex("ffd8");
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int end = at + 2 + (image.getShort(at + 2) & 0xffff);
            if ((jpeg[at + 1] & 0xff) != 0xe2) {
                kept.raw(Arrays.copyOfRange(jpeg, at, end));
            }
            at = end;
        }
        return kept.raw(Arrays.copyOfRange(jpeg, at, jpeg.length)).array();
    }

    private byte[] png(byte[] image) throws IOException {
        return png(image, Service.facts(image), 64);
    }

    private byte[] png(byte[] image, ImageFacts facts, int width) throws IOException {
        Path original = Files.write(folder.resolve("original"), image);
        return new Encoder(VIPS)
                .encode(original, facts, Recipe.of("e1", width, 0, Fit.INSIDE, 0), ImageFormat.PNG, bytes -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    return copy;
                });
    }

    private static ImageFacts managed(ImageFacts facts) {
        return new ImageFacts(
                facts.format(),
                facts.width(),
                facts.height(),
                facts.alpha(),
                facts.animated(),
                facts.orientation(),
                facts.progressive(),
                true);
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** Of one channel of one pixel, in shades. */
    private static double meanDifference(byte[] one, byte[] other) throws IOException {
        BufferedImage quick = read(one);
        BufferedImage converted = read(other);
        long difference = 0;
        for (int y = 0; y < quick.getHeight(); y++) {
            for (int x = 0; x < quick.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    difference +=
                            Math.abs((quick.getRGB(x, y) >> shift & 255) - (converted.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return difference / (3.0 * quick.getWidth() * quick.getHeight());
    }

    /** The JPEG with Java's own sRGB profile. */
    private static byte[] withSrgb(byte[] jpeg) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        return ByteBuffer.allocate(jpeg.length + profile.length + 18)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe2)
                .putShort((short) (profile.length + 16))
                .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                .put(profile)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static int[] rgb(byte[] png, int x, int y) throws IOException {
        int pixel = read(png).getRGB(x, y);
        return new int[] {pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255};
    }

    private static void assertNear(int[] actual, int[] expected) {
        assertNear(actual, expected, 4);
    }

    private static void assertNear(int[] actual, int[] expected, int tolerance) {
        for (int i = 0; i < 3; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s, not %s", Arrays.toString(actual), Arrays.toString(expected))
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
