package io.sluice.contracts.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecipeTest {
    @TestFactory
    List<DynamicTest> the_vectors_hold() throws IOException {
        List<DynamicTest> tests = new java.util.ArrayList<>();
        for (JsonNode vector :
                new ObjectMapper().readTree(Path.of("samples", "recipes.json").toFile())) {
            String text = vector.get("recipe").asText();
            tests.add(DynamicTest.dynamicTest(text, () -> {
                if (vector.get("canonical").asBoolean()) {
                    assertThat(Recipe.parse(text).text()).isEqualTo(text);
                } else {
                    assertThatThrownBy(() -> Recipe.parse(text)).isInstanceOf(MalformedAddress.class);
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    @Property
    void an_area_a_point_and_a_padding_are_read_back(
            @ForAll @IntRange(max = 1000) int a,
            @ForAll @IntRange(max = 1000) int b,
            @ForAll @IntRange(min = 1, max = 512) int c,
            @ForAll @IntRange(max = 512) int d) {
        Area area = new Area(a, b, c, d + 1);
        assertThat(Area.parse(area.text())).isEqualTo(area);
        Padding padding = new Padding(c, d, c, d);
        assertThat(Padding.parse(padding.text())).isEqualTo(padding);
        Gravity.Focus focus = new Gravity.Focus(a, b);
        if (!focus.equals(Gravity.Focus.CENTRE)) {
            assertThat(Gravity.parse(focus.text())).isEqualTo(focus);
        }
    }

    @Test
    void tells_what_it_does() {
        Recipe recipe = Recipe.parse("e1-a1x2x3x4-b25-gse-h256-p1x2x3x4-q80-w256-xcover");
        assertThat(recipe.area()).contains(new Area(1, 2, 3, 4));
        assertThat(recipe.amount('b')).isEqualTo(25);
        assertThat(recipe.amount('t')).isZero();
        assertThat(recipe.gravity()).isEqualTo(Gravity.Compass.SE);
        assertThat(recipe.padding()).isEqualTo(new Padding(1, 2, 3, 4));
        assertThat(recipe.plain()).isFalse();
        assertThat(recipe.details().keySet()).containsExactly('a', 'b', 'g', 'p', 'x');
        assertThat(Recipe.parse("e1-q80-w256-xcover").plain()).isTrue();
    }

    @Test
    void only_formats_with_frames_take_all_of_them() {
        Recipe all = Recipe.parse("e1-nall-q80-w256-xinside");
        String oid = "0".repeat(64);
        assertThat(VariantAddress.of("a", oid, all, ImageFormat.WEBP).path()).endsWith("e1-nall-q80-w256-xinside.webp");
        assertThat(VariantAddress.of("a", oid, all.without('q'), ImageFormat.GIF)
                        .path())
                .endsWith("e1-nall-w256-xinside.gif");
        assertThatThrownBy(() -> VariantAddress.of("a", oid, all, ImageFormat.JPEG))
                .isInstanceOf(MalformedAddress.class);
    }
}
