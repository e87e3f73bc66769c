package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.Service;
import io.sluice.image.vips.Vips;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
class OverlayTest {
    private static final String OID = "0".repeat(64);

    private final Vips vips;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    OverlayTest(Vips vips) {
        this.vips = vips;
    }

    static Stream<Vips> libraries() {
        return Libraries.all();
    }

    @Test
    void lies_where_it_is_to_lie_as_large_and_as_see_through_as_it_is_to_be() throws IOException {
        BufferedImage made = marked(new MarkDefinition(OID, 50, "se", 25, 10, false), "", ImageFormat.PNG);
        assertThat(made.getColorModel().hasAlpha()).isFalse();
        int half = 128;
        assertNear(made.getRGB(100 - 10 - 12, 100 - 10 - 12), new Color(half, half, half));
        assertNear(made.getRGB(100 - 10 - 24, 100 - 10 - 24), new Color(half, half, half));
        assertNear(made.getRGB(100 - 10 - 27, 100 - 10 - 12), Color.BLACK);
        assertNear(made.getRGB(95, 95), Color.BLACK);

        BufferedImage jpeg = marked(new MarkDefinition(OID, 100, "nw", 50, 0, false), "-q95", ImageFormat.JPEG);
        assertNear(jpeg.getRGB(10, 10), Color.WHITE);
        assertNear(jpeg.getRGB(70, 70), Color.BLACK);
    }

    @Test
    void is_repeated_all_over() throws IOException {
        BufferedImage made = marked(new MarkDefinition(OID, 100, "centre", 10, 10, true), "", ImageFormat.PNG);
        for (int x = 0; x < 5; x++) {
            for (int y = 0; y < 5; y++) {
                assertNear(made.getRGB(x * 20 + 4, y * 20 + 4), Color.WHITE);
                assertNear(made.getRGB(x * 20 + 14, y * 20 + 4), Color.BLACK);
            }
        }
    }

    @Test
    void has_another_id_when_anything_of_it_is_different() {
        MarkDefinition mark = new MarkDefinition(OID, 50, "se", 25, 2, false);
        assertThat(mark.id()).isEqualTo("29a87841f403f4b4");
        assertThat(Stream.of(
                                mark,
                                new MarkDefinition("1".repeat(64), 50, "se", 25, 2, false),
                                new MarkDefinition(OID, 51, "se", 25, 2, false),
                                new MarkDefinition(OID, 50, "s", 25, 2, false),
                                new MarkDefinition(OID, 50, "se", 26, 2, false),
                                new MarkDefinition(OID, 50, "se", 25, 3, false),
                                new MarkDefinition(OID, 50, "se", 25, 2, true))
                        .map(MarkDefinition::id)
                        .distinct())
                .hasSize(7);
    }

    @Test
    void is_never_left_out_when_it_is_not_known() throws IOException {
        Path original = Files.write(folder.resolve("original"), square(Color.BLACK));
        assertThatThrownBy(() -> new Encoder(vips)
                        .encode(
                                original,
                                Service.facts(square(Color.BLACK)),
                                Recipe.parse("e1-m0123456789abcdef-w96-xinside"),
                                ImageFormat.PNG,
                                bytes -> bytes))
                .isInstanceOf(UnknownMark.class);
    }

    /** White on black, 100 x 100. */
    private BufferedImage marked(MarkDefinition definition, String quality, ImageFormat format) throws IOException {
        byte[] black = square(Color.BLACK);
        byte[] white = square(Color.WHITE);
        Path original = Files.write(folder.resolve("original"), black);
        MarkImages.Mark mark =
                new MarkImages.Mark(definition, Files.write(folder.resolve("mark"), white), Service.facts(white));
        return new Encoder(vips, id -> mark)
                .encode(
                        original,
                        Service.facts(black),
                        Recipe.parse("e1-m" + definition.id() + quality + "-w128-xinside"),
                        format,
                        bytes -> {
                            byte[] copy = new byte[bytes.remaining()];
                            bytes.get(copy);
                            return ImageIO.read(new ByteArrayInputStream(copy));
                        });
    }

    private static byte[] square(Color colour) {
        return OperationsTest.drawn(100, 100, BufferedImage.TYPE_INT_RGB, g -> {
            g.setColor(colour);
            g.fillRect(0, 0, 100, 100);
        });
    }

    private static void assertNear(int actual, Color expected) {
        assertThat(Math.abs(new Color(actual).getGreen() - expected.getGreen())).isLessThan(8);
    }
}
