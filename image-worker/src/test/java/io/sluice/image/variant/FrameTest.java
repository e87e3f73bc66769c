package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.Recipe;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void bounds_only_the_sides_that_are_given() {
        Frame frame = Frame.of(Recipe.of("e1", 640, 0, Fit.COVER, 80), 3000, 2000);
        assertThat(frame.width()).isEqualTo(640);
        assertThat(frame.height()).isEqualTo(4096);
        assertThat(frame.crop()).isFalse();
        assertThat(frame.keepsShape(3000, 2000)).isTrue();
    }

    @Test
    void shrinks_the_box_to_a_small_picture_and_keeps_its_shape() {
        assertThat(Frame.of(Recipe.of("e1", 640, 640, Fit.COVER, 80), 100, 50))
                .isEqualTo(new Frame(50, 50, true, false));
        assertThat(Frame.of(Recipe.of("e1", 640, 640, Fit.CONTAIN, 80), 100, 50))
                .isEqualTo(new Frame(100, 100, false, true));
        assertThat(Frame.of(Recipe.of("e1", 640, 384, Fit.COVER, 80), 3000, 2000))
                .isEqualTo(new Frame(640, 384, true, false));
        assertThat(Frame.of(Recipe.of("e1", 640, 640, Fit.FILL, 80), 100, 50))
                .isEqualTo(new Frame(50, 50, false, false));
    }

    @Test
    void leaves_room_for_the_padding_on_the_free_side() {
        assertThat(Frame.of(Recipe.parse("e1-p100x0x50x0-q80-w64-xinside"), 100, 9000)
                        .height())
                .isEqualTo(4096 - 150);
    }

    @Test
    void knows_when_the_source_shows_the_same_cut() {
        assertThat(Frame.of(Recipe.of("e1", 64, 64, Fit.COVER, 80), 500, 500).keepsShape(500, 500))
                .isTrue();
        assertThat(Frame.of(Recipe.of("e1", 64, 32, Fit.COVER, 80), 500, 500).keepsShape(500, 500))
                .isFalse();
    }

    @Test
    void maps_avif_to_the_webp_quality_that_looks_alike() {
        assertThat(Quality.webpLike(1)).isEqualTo(1);
        assertThat(Quality.webpLike(50)).isEqualTo(60);
        assertThat(Quality.webpLike(65)).isEqualTo(82);
        assertThat(Quality.webpLike(100)).isEqualTo(100);
        for (int q = 2; q <= 100; q++) {
            assertThat(Quality.webpLike(q)).isBetween(Quality.webpLike(q - 1), 100);
        }
    }

    @Test
    void gives_another_profile_to_other_libraries() {
        assertThat(EncoderProfile.idOf("libwebp.so.7.1.5 1")).matches("e[0-9a-f]{10}");
        assertThat(EncoderProfile.idOf("libwebp.so.7.1.5 1")).isNotEqualTo(EncoderProfile.idOf("libwebp.so.7.1.6 1"));
    }

    @Test
    void gives_another_profile_to_other_settings() {
        // Changes with every setting that changes a variant's bytes; then this pin changes too.
        assertThat(EncoderProfile.idOf("")).isEqualTo("e19c5fe4681");
    }
}
