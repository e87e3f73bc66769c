package io.sluice.image.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.image.variant.Thumbnail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what the authors' own packages (npm: thumbhash 0.1.1, blurhash 2.0.5) made of the same pixels. */
class PlaceholdersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "32 32 oOgJVxpedplvd4iHh4d4eIiH99qJj3EH L.Hy8T|=$1xAq5objskBgbfkfQfl",
                "32 21 Y5kFXZpPhql9h4iHh4eIeK+L+Dh4 L.HzBv}7$1xTq6objrkCgIfkfQfk",
                "18 32 JFoGTBZJ/IZ4iHh3iHi/n8gIiA== L.MG9G}7wsxcuXoajwkAgbfkfRfh",
                "1 1 6g9W/wEI9wiIh4hwj3CI+AiIgIAIAAAA L~TSR4~h~h~h~h~h~h~h~h~h~h~h"
            })
    void agree_with_the_authors_own_code(int width, int height, String thumbhash, String blurhash) {
        Thumbnail picture = picture(width, height, false);
        assertThat(ThumbHash.of(picture)).isEqualTo(thumbhash);
        assertThat(BlurHash.of(picture)).isEqualTo(blurhash);
    }

    @Test
    void a_thumbhash_carries_transparency() {
        assertThat(ThumbHash.of(picture(32, 24, true))).isEqualTo("opiBHI4YT3N+lGeI96l4b4EYoGbBZomGBw==");
    }

    @Test
    void a_blurhash_lies_on_white() {
        assertThat(BlurHash.of(new Thumbnail(1, 1, new byte[4])))
                .isEqualTo(BlurHash.of(new Thumbnail(1, 1, new byte[] {-1, -1, -1, -1})));
    }

    @Test
    void the_dominant_colour_is_the_one_most_pixels_have_and_can_be_seen() {
        byte[] pixels = new byte[16 * 4];
        for (int i = 0; i < 16; i++) {
            boolean red = i < 6;
            pixels[i * 4] = (byte) (red ? 200 : 0);
            pixels[i * 4 + 2] = (byte) (red ? 10 : 250);
            pixels[i * 4 + 3] = (byte) (red ? 255 : i < 11 ? 255 : 0);
        }
        assertThat(DominantColour.of(new Thumbnail(4, 4, pixels))).isEqualTo("#c8000a");
        assertThat(DominantColour.of(new Thumbnail(1, 1, new byte[4]))).isEqualTo("#000000");
    }

    @Test
    void a_thumbnail_has_its_pixels() {
        assertThatThrownBy(() -> new Thumbnail(2, 2, new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static Thumbnail picture(int width, int height, boolean alpha) {
        byte[] rgba = new byte[width * height * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 4;
                rgba[at] = (byte) (255 - x * 8);
                rgba[at + 1] = (byte) (255 - y * 7);
                rgba[at + 2] = (byte) (x * x + y * 3);
                rgba[at + 3] = (byte) (alpha ? x * 7 + y * 5 : 255);
            }
        }
        return new Thumbnail(width, height, rgba);
    }
}
