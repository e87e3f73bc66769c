package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.Service;
import io.sluice.image.vips.Vips;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("libraries")
class OperationsTest {
    private static final Color SEE_THROUGH = new Color(0, 0, 0, 0);

    private final Vips vips;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    OperationsTest(Vips vips) {
        this.vips = vips;
    }

    static Stream<Vips> libraries() {
        return Libraries.all();
    }

    @ParameterizedTest
    @CsvSource({
        "gn-h64-w64-xcover, 64, 64, RED, GREEN",
        "gw-h64-w32-xcover, 32, 64, RED, RED",
        "ge-h64-w32-xcover, 32, 64, GREEN, GREEN",
        "gnw-h64-w32-xcover, 32, 64, RED, RED",
        "g1000x0-h64-w32-xcover, 32, 64, GREEN, GREEN",
        "g0x500-h64-w32-xcover, 32, 64, RED, RED",
        "a64x0x64x64-w64-xinside, 64, 64, GREEN, GREEN",
        "a0x32x128x32-w128-xinside, 128, 32, BLUE, YELLOW",
        "a64x32x999x999-w64-xinside, 64, 32, YELLOW, YELLOW",
        "d90-h128-xinside, 64, 128, BLUE, RED",
        "d180-w128-xinside, 128, 64, YELLOW, BLUE",
        "d270-h128-xinside, 64, 128, GREEN, YELLOW",
        "fh-w128-xinside, 128, 64, GREEN, RED",
        "fv-w128-xinside, 128, 64, BLUE, YELLOW",
        "d90-fh-h128-xinside, 64, 128, RED, BLUE",
        "d90-gn-h32-w64-xcover, 64, 32, BLUE, RED",
        "h64-w64-xfill, 64, 64, RED, GREEN",
        "a64x0x64x64-d180-w32-xinside, 32, 32, YELLOW, YELLOW"
    })
    void cuts_turns_and_stretches(String letters, int width, int height, String left, String right) throws IOException {
        BufferedImage made = png(quarters(), "e1-" + letters);
        assertThat(made.getWidth()).isEqualTo(width);
        assertThat(made.getHeight()).isEqualTo(height);
        assertNear(made.getRGB(width / 8, height / 8), colour(left));
        assertNear(made.getRGB(width - 1 - width / 8, height / 8), colour(right));
    }

    @Test
    void finds_what_stands_out() throws IOException {
        byte[] spot = drawn(256, 64, BufferedImage.TYPE_INT_RGB, g -> {
            g.setColor(Color.GRAY);
            g.fillRect(0, 0, 256, 64);
            for (int i = 0; i < 32; i += 4) {
                g.setColor(i % 8 == 0 ? Color.RED : Color.WHITE);
                g.fillRect(200 + i, 16, 4, 32);
            }
        });
        for (String smart : new String[] {"attention", "entropy"}) {
            BufferedImage made = png(spot, "e1-g" + smart + "-h64-w64-xcover");
            assertThat(made.getWidth()).isEqualTo(64);
            boolean striped = false;
            for (int x = 0; x < 64; x++) {
                striped |= new Color(made.getRGB(x, 32)).getGreen() < 60;
            }
            assertThat(striped).as(smart).isTrue();
        }
    }

    @Test
    void trims_edges_of_one_colour_and_see_through_ones() throws IOException {
        Consumer<Graphics2D> framed = g -> {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, 128, 128);
            g.setColor(Color.BLUE);
            g.fillRect(32, 16, 64, 96);
        };
        BufferedImage made = png(drawn(128, 128, BufferedImage.TYPE_INT_RGB, framed), "e1-t10-w128-xinside");
        assertThat(made.getWidth()).isEqualTo(64);
        assertThat(made.getHeight()).isEqualTo(96);
        assertNear(made.getRGB(0, 0), Color.BLUE);

        byte[] logo = drawn(128, 128, BufferedImage.TYPE_INT_ARGB, g -> {
            g.setColor(Color.BLACK);
            g.fillRect(32, 16, 64, 96);
        });
        BufferedImage cut = png(logo, "e1-a0x0x32x96-t10-w128-xinside");
        assertThat(cut.getWidth()).isEqualTo(32);
        assertThat(cut.getHeight()).isEqualTo(96);

        byte[] flat = drawn(64, 64, BufferedImage.TYPE_INT_RGB, g -> {});
        assertThat(png(flat, "e1-t10-w64-xinside").getWidth()).isEqualTo(64);
    }

    @Test
    void pads_after_the_box_on_a_colour_or_see_through() throws IOException {
        BufferedImage orange = png(quarters(), "e1-cff8800-p1x2x3x4-w64-xinside");
        assertThat(orange.getWidth()).isEqualTo(64 + 6);
        assertThat(orange.getHeight()).isEqualTo(32 + 4);
        assertNear(orange.getRGB(0, 0), new Color(0xff8800));
        assertNear(orange.getRGB(4 + 8, 1 + 4), Color.RED);
        assertNear(orange.getRGB(69, 35), new Color(0xff8800));

        BufferedImage clear = png(quarters(), "e1-p8-w64-xinside");
        assertThat(clear.getRGB(0, 0) >>> 24).isZero();

        BufferedImage contained = png(quarters(), "e1-c0000ff-h64-w64-xcontain");
        assertNear(contained.getRGB(32, 0), Color.BLUE);
        assertNear(contained.getRGB(8, 20), Color.RED);
    }

    @Test
    void lays_what_is_see_through_on_the_background() throws IOException {
        byte[] half = drawn(64, 64, BufferedImage.TYPE_INT_ARGB, g -> {
            g.setColor(Color.RED);
            g.fillRect(0, 0, 32, 64);
        });
        assertNear(png(half, "e1-c00ff00-w64-xinside").getRGB(60, 32), Color.GREEN);
        assertThat(png(half, "e1-w64-xinside").getRGB(60, 32) >>> 24).isZero();
        BufferedImage jpeg = made(half, "e1-q90-w64-xinside", ImageFormat.JPEG);
        assertNear(jpeg.getRGB(60, 32), Color.WHITE, 8);
    }

    @Test
    void blurs_without_bleeding_and_sharpens() throws IOException {
        byte[] edge = drawn(128, 64, BufferedImage.TYPE_INT_RGB, g -> {
            g.setColor(new Color(80, 80, 80));
            g.fillRect(0, 0, 64, 64);
            g.setColor(new Color(170, 170, 170));
            g.fillRect(64, 0, 64, 64);
        });
        int plain = step(png(edge, "e1-w128-xinside"));
        assertThat(step(png(edge, "e1-b40-w128-xinside"))).isLessThan(plain / 3);
        assertThat(step(png(edge, "e1-s10-w128-xinside"))).isGreaterThan(plain + 10);

        byte[] onNothing = drawn(128, 64, BufferedImage.TYPE_INT_ARGB, g -> {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, 64, 64);
        });
        Color soft = new Color(png(onNothing, "e1-b40-w128-xinside").getRGB(66, 32), true);
        assertThat(soft.getAlpha()).isBetween(20, 230);
        assertThat(soft.getRed()).as("white stays white while it fades").isGreaterThan(240);
    }

    @Test
    void shrinks_a_photograph_while_it_loads_and_cuts_the_same_part() throws IOException {
        byte[] photo = Service.photo("wine.jpg");
        int width = Service.facts(photo).width();
        int height = Service.facts(photo).height();
        String area = "a" + width / 4 + "x" + height / 4 + "x" + width / 2 + "x" + height / 2;
        BufferedImage cut = png(photo, "e1-" + area + "-w256-xinside");
        BufferedImage whole = png(photo, "e1-w512-xinside");
        long difference = 0;
        for (int y = 8; y < cut.getHeight() - 8; y += 8) {
            for (int x = 8; x < 248; x += 8) {
                Color one = new Color(cut.getRGB(x, y));
                Color other = new Color(whole.getRGB(x + whole.getWidth() / 4, y + whole.getHeight() / 4));
                difference += Math.abs(one.getGreen() - other.getGreen());
            }
        }
        assertThat(difference / (29.0 * (cut.getHeight() / 8.0 - 2))).isLessThan(4);
    }

    @Test
    void refuses_an_area_outside_of_the_picture() {
        assertThatThrownBy(() -> png(quarters(), "e1-a128x0x10x10-w64-xinside")).isInstanceOf(AreaOutside.class);
    }

    @Test
    void works_on_grey_pictures_too() throws IOException {
        byte[] grey = drawn(64, 64, BufferedImage.TYPE_BYTE_GRAY, g -> {
            g.setColor(Color.GRAY);
            g.fillRect(0, 0, 64, 64);
        });
        BufferedImage made = png(grey, "e1-b10-c0000ff-d90-p4-s10-t5-w64-xinside");
        assertNear(made.getRGB(0, 0), Color.BLUE);
    }

    private static int step(BufferedImage image) {
        return new Color(image.getRGB(64, 32)).getRed() - new Color(image.getRGB(63, 32)).getRed();
    }

    /** 128 x 64: red, green above blue, yellow. */
    static byte[] quarters() {
        return drawn(128, 64, BufferedImage.TYPE_INT_RGB, g -> {
            Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
            for (int i = 0; i < 4; i++) {
                g.setColor(colours[i]);
                g.fillRect(i % 2 * 64, i / 2 * 32, 64, 32);
            }
        });
    }

    static byte[] drawn(int width, int height, int type, Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setBackground(SEE_THROUGH);
        drawing.accept(graphics);
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private BufferedImage png(byte[] image, String recipe) throws IOException {
        return made(image, recipe, ImageFormat.PNG);
    }

    private BufferedImage made(byte[] image, String recipe, ImageFormat format) throws IOException {
        Path original = Files.write(folder.resolve("original"), image);
        return new Encoder(vips).encode(original, Service.facts(image), Recipe.parse(recipe), format, bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return ImageIO.read(new ByteArrayInputStream(copy));
        });
    }

    private static Color colour(String name) {
        return switch (name) {
            case "RED" -> Color.RED;
            case "GREEN" -> Color.GREEN;
            case "BLUE" -> Color.BLUE;
            default -> Color.YELLOW;
        };
    }

    private static void assertNear(int actual, Color expected) {
        assertNear(actual, expected, 4);
    }

    private static void assertNear(int actual, Color expected, int tolerance) {
        Color is = new Color(actual);
        int off = Math.max(
                Math.abs(is.getRed() - expected.getRed()),
                Math.max(Math.abs(is.getGreen() - expected.getGreen()), Math.abs(is.getBlue() - expected.getBlue())));
        assertThat(off).as("%s, not %s", is, expected).isLessThanOrEqualTo(tolerance);
    }
}
