package io.sluice.gateway.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.SizeLadder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeChoiceTest {
    private static final Preset STANDARD = new Preset(0, 0, Fit.INSIDE, 60, 80, 75);

    @ParameterizedTest(name = "{0} of {1}x{2} with Sec-CH-DPR {3}, Sec-CH-Width {4}")
    @CsvSource(nullValues = "-", textBlock = """
            w=500,            3000, 2000, -,   -,    512,  0,   REQUEST,     NONE
            w=512,            3000, 2000, -,   -,    512,  0,   REQUEST,     NONE
            w=513,            3000, 2000, -,   -,    640,  0,   REQUEST,     NONE
            w=990,            1000, 700,  -,   -,    768,  0,   REQUEST,     SOURCE
            w=8192,           3000, 2000, -,   -,    2560, 0,   REQUEST,     SOURCE
            h=300,            3000, 2000, -,   -,    0,    384, REQUEST,     NONE
            w=300&dpr=2,      3000, 2000, -,   -,    640,  0,   REQUEST,     NONE
            w=300&dpr=1.5,    3000, 2000, 3,   -,    512,  0,   REQUEST,     NONE
            w=300,            3000, 2000, 2.0, -,    640,  0,   REQUEST,     NONE
            w=300,            3000, 2000, 2.0, 300,  384,  0,   REQUEST,     NONE
            '',               3000, 2000, 2.0, 700,  768,  0,   CLIENT_HINT, NONE
            '',               1000, 700,  -,   -,    768,  0,   SOURCE,      NONE
            '',               3000, 2000, -,   -,    2560, 0,   SOURCE,      NONE
            '',               9000, 100,  -,   -,    4096, 0,   SOURCE,      NONE
            '',               10,   10,   -,   -,    16,   0,   SOURCE,      NONE
            w=300&h=200&fit=cover, 3000, 2000, -, -, 384,  256, REQUEST,     NONE
            w=300&h=200&fit=cover, 280, 2000, -, -,  256,  256, REQUEST,     SOURCE
            w=1000,           1000, 20000, -,  -,    192,  0,   REQUEST,     SOURCE
            """)
    void snaps_to_the_ladder_and_never_enlarges(
            String query,
            int sourceWidth,
            int sourceHeight,
            String dpr,
            String hinted,
            int width,
            int height,
            SizeChoice.Basis basis,
            SizeChoice.Limit limit) {
        SizeChoice size = size(query, STANDARD, Hints.of(null, dpr, hinted), sourceWidth, sourceHeight, LevelCaps.NONE);
        assertThat(size).isEqualTo(new SizeChoice(width, height, basis, limit));
    }

    @Property
    void no_side_is_above_the_source_or_off_the_ladder(
            @ForAll @IntRange(min = 1, max = 8192) int width,
            @ForAll @IntRange(min = 1, max = 8192) int height,
            @ForAll @IntRange(min = 16, max = 12000) int sourceWidth,
            @ForAll @IntRange(min = 16, max = 12000) int sourceHeight) {
        SizeChoice size =
                size("w=" + width + "&h=" + height, STANDARD, Hints.NONE, sourceWidth, sourceHeight, LevelCaps.NONE);
        assertThat(size.width()).isLessThanOrEqualTo(sourceWidth);
        assertThat(size.height()).isLessThanOrEqualTo(sourceHeight);
        assertThat(SizeLadder.has(size.width()) && SizeLadder.has(size.height()))
                .isTrue();
    }

    @Test
    void a_directive_caps_the_longest_side_and_the_pixel_ratio() {
        LevelCaps caps = new LevelCaps(Map.of(), List.of(), 1024, 1.5);
        assertThat(size("w=2000", STANDARD, Hints.NONE, 3000, 2000, caps))
                .isEqualTo(new SizeChoice(1024, 0, SizeChoice.Basis.REQUEST, SizeChoice.Limit.DIRECTIVE));
        assertThat(size("w=2000", STANDARD, Hints.NONE, 2000, 3000, caps).width())
                .as("its height of 960 would be 1024 at most")
                .isEqualTo(640);
        assertThat(size("w=300&dpr=3", STANDARD, Hints.NONE, 3000, 2000, caps))
                .isEqualTo(new SizeChoice(512, 0, SizeChoice.Basis.REQUEST, SizeChoice.Limit.DIRECTIVE));
    }

    @Test
    void a_preset_says_what_the_request_does_not() {
        Preset thumb = new Preset(100, 0, Fit.INSIDE, 60, 50, 75);
        assertThat(size("", thumb, Hints.NONE, 3000, 2000, LevelCaps.NONE))
                .isEqualTo(new SizeChoice(128, 0, SizeChoice.Basis.PRESET, SizeChoice.Limit.NONE));
        assertThat(size("w=20", thumb, Hints.NONE, 3000, 2000, LevelCaps.NONE).width())
                .isEqualTo(32);
    }

    @Test
    void quality_is_the_presets_unless_asked_for_and_only_ever_lowered() {
        LevelCaps caps = new LevelCaps(Map.of("webp", 55), List.of(), null, null);
        assertThat(QualityChoice.of(ImageFormat.WEBP, 0, STANDARD, false, LevelCaps.NONE)
                        .quality())
                .isEqualTo(80);
        assertThat(QualityChoice.of(ImageFormat.AVIF, 0, STANDARD, true, LevelCaps.NONE))
                .isEqualTo(new QualityChoice(50, 60, true, false));
        assertThat(QualityChoice.of(ImageFormat.WEBP, 90, STANDARD, false, caps))
                .isEqualTo(new QualityChoice(55, 90, false, true));
        assertThat(QualityChoice.of(ImageFormat.WEBP, 30, STANDARD, false, caps).quality())
                .isEqualTo(30);
        assertThat(QualityChoice.of(ImageFormat.PNG, 30, STANDARD, true, caps).quality())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=0",
                "w=-1",
                "w=999999",
                "w=1e3",
                "w=",
                "w",
                "h=0",
                "w=%31",
                "dpr=0.5",
                "dpr=5",
                "dpr=x",
                "q=0",
                "q=101",
                "fit=stretch",
                "format=bmp",
                "w=1&w=2"
            })
    void refuses_a_parameter_that_is_none(String query) {
        assertThatThrownBy(() -> ImageQuery.parse(query))
                .isInstanceOfSatisfying(
                        MalformedQuery.class, e -> assertThat(query).startsWith(e.parameter()));
    }

    @Test
    void ignores_parameters_that_are_not_ours() {
        assertThat(ImageQuery.parse("utm_source=x&z=1&&w=20&foo=bar=baz&size=3").width())
                .isEqualTo(20);
        assertThat(ImageQuery.parse("format=auto&fit=cover"))
                .isEqualTo(new ImageQuery(
                        0, 0, Fit.COVER, 0, null, 0, null, java.util.Collections.emptySortedMap(), null));
    }

    private static SizeChoice size(String query, Preset preset, Hints hints, int width, int height, LevelCaps caps) {
        return SizeChoice.of(ImageQuery.parse(query), preset, hints, width, height, caps);
    }
}
