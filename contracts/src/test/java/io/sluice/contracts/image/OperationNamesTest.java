package io.sluice.contracts.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNamesTest {
    @ParameterizedTest
    @CsvSource({
        "crop, '10,20,300,200', a, 10x20x300x200",
        "blur, 2.5, b, 25",
        "blur, 0.39, b, 3",
        "sharpen, 1, s, 10",
        "bg, ff8800, c, ff8800",
        "rotate, 90, d, 90",
        "flip, h, f, h",
        "gravity, ne, g, ne",
        "gravity, entropy, g, entropy",
        "focal, '0.25,1', g, 250x1000",
        "anim, all, n, all",
        "pad, 8, p, 8",
        "pad, '1,2,3,4', p, 1x2x3x4",
        "pad, '8,8,8,8', p, 8",
        "trim, 10, t, 10",
        "kcr, 1, k, cr",
        "max_bytes, 50000, l, 50000"
    })
    void become_letters(String name, String value, char letter, String canonical) {
        assertThat(OperationNames.letter(name)).contains(letter);
        assertThat(OperationNames.value(name, value)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({"gravity, centre", "focal, '0.5,0.5'", "anim, first", "pad, 0", "kcr, 0", "pad, '0,0,0,0'"})
    void become_nothing_where_absence_says_it(String name, String value) {
        assertThat(OperationNames.value(name, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "crop, '1,2,3'",
        "blur, 0.1",
        "blur, 21",
        "blur, -1",
        "blur, 1e1",
        "bg, red",
        "rotate, 45",
        "focal, 0.5",
        "focal, '0.5,2'",
        "gravity, up",
        "anim, some",
        "trim, 0",
        "kcr, yes",
        "max_bytes, 10",
        "max_bytes, 50k"
    })
    void refuse_what_they_cannot_be(String name, String value) {
        assertThatThrownBy(() -> OperationNames.value(name, value)).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void contradict_each_other_by_name() {
        assertThatThrownBy(() -> OperationNames.letters(Map.of("focal", "0,0", "gravity", "n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gravity: ");
        assertThat(OperationNames.letters(Map.of("wm", "logo", "trim", "5"))).isEqualTo(Map.of('t', "5"));
    }

    @Test
    void a_preset_covers_what_is_no_larger_and_no_better() {
        NamedPreset preset = new NamedPreset(
                "card",
                320,
                200,
                "cover",
                2,
                Map.of("avif", 60, "webp", 70, "jpeg", 75),
                Map.of(),
                Map.of("g", "n", "n", "all"));
        assertThat(covers(preset, "e1-gn-h384-nall-q70-w640-xcover", ImageFormat.WEBP))
                .isTrue();
        assertThat(covers(preset, "e9-gn-h128-nall-q40-w192-xcover", ImageFormat.WEBP))
                .isTrue();
        assertThat(covers(preset, "e1-gn-h512-q75-w640-xcover", ImageFormat.JPEG))
                .isTrue();
        assertThat(covers(preset, "e1-gn-h384-w640-xcover", ImageFormat.PNG)).isTrue();
        assertThat(covers(preset, "e1-gn-h384-nall-q71-w640-xcover", ImageFormat.WEBP))
                .isFalse();
        assertThat(covers(preset, "e1-gn-h384-nall-q70-w768-xcover", ImageFormat.WEBP))
                .isFalse();
        assertThat(covers(preset, "e1-h384-nall-q70-w640-xcover", ImageFormat.WEBP))
                .isFalse();
        assertThat(covers(preset, "e1-nall-q70-w640-xcover", ImageFormat.WEBP)).isFalse();
    }

    @Test
    void a_preset_of_so_many_bytes_covers_what_stands_in_until_they_are_kept_to() {
        NamedPreset preset = new NamedPreset(
                "small",
                320,
                0,
                "inside",
                1,
                Map.of("avif", 60, "webp", 70, "jpeg", 75),
                Map.of("max_bytes", "9000", "kcr", "1"),
                Map.of("k", "cr", "l", "9000"));
        assertThat(covers(preset, "e1-kcr-l9000-q70-w384-xinside", ImageFormat.WEBP))
                .isTrue();
        assertThat(covers(preset, "e1-kcr-q70-w384-xinside", ImageFormat.WEBP)).isTrue();
        assertThat(covers(preset, "e1-kcr-w384-xinside", ImageFormat.PNG)).isTrue();
        assertThat(covers(preset, "e1-q70-w384-xinside", ImageFormat.WEBP)).isFalse();
    }

    private static boolean covers(NamedPreset preset, String recipe, ImageFormat format) {
        return preset.covers(Recipe.parse(recipe), format);
    }
}
