package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.Service;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("libraries")
class AnimationTest {
    private static final Color[] FRAMES = {Color.RED, Color.GREEN, Color.BLUE};

    private final Vips vips;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    AnimationTest(Vips vips) {
        this.vips = vips;
    }

    static Stream<Vips> libraries() {
        return Libraries.all();
    }

    @Test
    void keeps_every_frame_and_its_time() throws IOException {
        byte[] webp = made(gif(), "e1-nall-q90-w64-xinside", ImageFormat.WEBP);
        assertThat(Service.facts(webp).animated()).isTrue();
        assertThat(durations(webp)).isEqualTo("250 250 250 ");
        BufferedImage roll = roll(webp, "webpload_buffer");
        assertThat(roll.getHeight()).isEqualTo(3 * 32);
        for (int i = 0; i < 3; i++) {
            assertNear(roll.getRGB(16, i * 32 + 16), FRAMES[i]);
            assertNear(roll.getRGB(48, i * 32 + 16), Color.WHITE);
        }
    }

    @Test
    void changes_every_frame_alike() throws IOException {
        byte[] gif = made(gif(), "e1-d90-gattention-h32-nall-p4-w32-xcover", ImageFormat.GIF);
        BufferedImage roll = roll(gif, "gifload_buffer");
        assertThat(roll.getWidth()).isEqualTo(40);
        assertThat(roll.getHeight()).isEqualTo(3 * 40);
        int top = new Color(roll.getRGB(20, 8)).equals(Color.WHITE) ? 1 : 0;
        for (int i = 0; i < 3; i++) {
            assertThat(roll.getRGB(1, i * 40 + 1) >>> 24).as("padding").isZero();
            assertThat(new Color(roll.getRGB(20, i * 40 + 8)).equals(Color.WHITE) ? 1 : 0)
                    .isEqualTo(top);
        }
    }

    @Test
    void takes_the_first_frame_where_nobody_asks_for_all() throws IOException {
        byte[] still = made(gif(), "e1-q90-w64-xinside", ImageFormat.WEBP);
        assertThat(Service.facts(still).animated()).isFalse();
        byte[] onlyOne = made(OperationsTest.quarters(), "e1-nall-q90-w64-xinside", ImageFormat.WEBP);
        assertThat(Service.facts(onlyOne).animated()).isFalse();
    }

    @Test
    void takes_the_first_frame_of_what_is_too_large() {
        assertThat(Animation.fits(1000, 800, 50)).isTrue();
        assertThat(Animation.fits(1000, 801, 50)).isFalse();
        assertThat(Animation.fits(65_535, 65_535, 1_000)).isFalse();
        assertThat(Animation.bytes(Recipe.parse("e1-nall-q90-w64-xinside"), true))
                .isEqualTo(160_000_000);
        assertThat(Animation.bytes(Recipe.parse("e1-nall-q90-w64-xinside"), false))
                .isZero();
    }

    /** 64 x 32, three frames of 250 ms: one colour on the left, white on the right. */
    private byte[] gif() {
        byte[] png = OperationsTest.drawn(64, 96, BufferedImage.TYPE_INT_RGB, g -> {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, 64, 96);
            for (int i = 0; i < 3; i++) {
                g.setColor(FRAMES[i]);
                g.fillRect(0, i * 32, 32, 32);
            }
        });
        try (VipsSession session = vips.session()) {
            VipsImage roll = session.operation("pngload_buffer")
                    .set("buffer", session.bytes(png))
                    .image();
            byte[] gif = session.operation("gifsave_buffer")
                    .set("in", roll)
                    .set("page-height", 32)
                    .bytes()
                    .toArray(ValueLayout.JAVA_BYTE);
            for (int i = 0; i + 6 < gif.length; i++) {
                if (gif[i] == 0x21 && gif[i + 1] == (byte) 0xf9 && gif[i + 2] == 4) {
                    gif[i + 4] = 25;
                    gif[i + 5] = 0;
                }
            }
            return gif;
        }
    }

    private static String durations(byte[] webp) {
        StringBuilder durations = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 12; at + 8 < webp.length; at += 8 + bytes.getInt(at + 4) + (bytes.getInt(at + 4) & 1)) {
            if (new String(webp, at, 4, StandardCharsets.US_ASCII).equals("ANMF")) {
                durations.append(bytes.getInt(at + 8 + 12) & 0xffffff).append(' ');
            }
        }
        return durations.toString();
    }

    private BufferedImage roll(byte[] image, String loader) throws IOException {
        try (VipsSession session = vips.session()) {
            VipsImage frames = session.operation(loader)
                    .set("buffer", session.bytes(image))
                    .set("n", -1)
                    .image();
            byte[] png = session.operation("pngsave_buffer")
                    .set("in", frames)
                    .bytes()
                    .toArray(ValueLayout.JAVA_BYTE);
            return ImageIO.read(new ByteArrayInputStream(png));
        }
    }

    private byte[] made(byte[] image, String recipe, ImageFormat format) throws IOException {
        Path original = Files.write(folder.resolve("original"), image);
        return new Encoder(vips).encode(original, Service.facts(image), Recipe.parse(recipe), format, bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        });
    }

    private static void assertNear(int actual, Color expected) {
        Color is = new Color(actual);
        assertThat(Math.abs(is.getRed() - expected.getRed())
                        + Math.abs(is.getGreen() - expected.getGreen())
                        + Math.abs(is.getBlue() - expected.getBlue()))
                .as("%s, not %s", is, expected)
                .isLessThan(40);
    }
}
