package io.sluice.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.image.Service;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.variant.Libraries;
import io.sluice.image.vips.Vips;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextPictureTest {
    static Stream<Vips> libraries() {
        return Libraries.all();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void draws_letters_of_one_colour_on_nothing_or_says_that_there_is_no_font(Vips vips) throws IOException {
        byte[] png;
        try {
            png = TextPicture.of(vips, "© <Sluice> & co", "sans bold", "255 136 0");
        } catch (NoFont noFont) {
            assertThat(noFont.getMessage()).contains("fonts-dejavu-core").contains("oid");
            return;
        }
        ImageFacts facts = Service.facts(png);
        assertThat(facts.alpha()).isTrue();
        assertThat(facts.width()).isGreaterThan(facts.height() * 3);
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png));
        int solid = 0;
        int clear = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                Color pixel = new Color(drawn.getRGB(x, y), true);
                assertThat(pixel.getAlpha() == 0 || (pixel.getRed() == 255 && pixel.getGreen() == 136))
                        .isTrue();
                solid += pixel.getAlpha() == 255 ? 1 : 0;
                clear += pixel.getAlpha() == 0 ? 1 : 0;
            }
        }
        assertThat(solid).isPositive();
        assertThat(clear).isPositive();
    }
}
