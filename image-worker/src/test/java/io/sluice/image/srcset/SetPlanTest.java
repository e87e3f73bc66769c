package io.sluice.image.srcset;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.upload.StoredImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SetPlanTest {
    private static final String OID = "ab".repeat(32);

    @Test
    void snaps_widths_to_the_ladder_and_never_above_the_source() {
        assertThat(SetPlan.widths(List.of(250, 500, 3000, 256), 1300)).containsExactly(1280, 512, 256);
        assertThat(SetPlan.widths(List.of(100), 9)).containsExactly(16);
    }

    @Test
    void asks_for_each_format_in_each_width() {
        assertThat(paths(plan(request(null, List.of(300, 600)), LevelCaps.NONE)))
                .containsExactly(
                        "e1-q80-w640-xinside.webp",
                        "e1-q80-w384-xinside.webp",
                        "e1-q75-w640-xinside.jpg",
                        "e1-q75-w384-xinside.jpg");
    }

    @Test
    void puts_what_every_client_can_show_last_however_it_was_asked() {
        assertThat(paths(plan(request(List.of("jpeg", "webp", "avif"), List.of(64)), LevelCaps.NONE)))
                .extracting(path -> path.substring(path.lastIndexOf('.')))
                .containsExactly(".avif", ".webp", ".jpg");
    }

    @Test
    void keeps_to_the_directive_in_force() {
        LevelCaps caps = new LevelCaps(Map.of("webp", 55), List.of("webp", "jpeg"), null, null);
        SetRequest asked =
                new SetRequest(null, List.of(300), List.of("avif", "webp"), Map.of("webp", 90), null, null, null, null);
        assertThat(paths(plan(asked, caps)))
                .as("AVIF and WebP fall together")
                .containsExactly("e1-q55-w384-xinside.webp");
    }

    @Test
    void goes_by_the_part_of_the_source_that_a_preset_shows() {
        SetShape turned = new SetShape(Fit.INSIDE, 0, new TreeMap<>(Map.of('d', "90")), Map.of());
        SetShape part = new SetShape(
                Fit.COVER,
                0.5,
                new TreeMap<>(Map.of('a', "700x0x300x300", 'l', "5000", 'n', "all")),
                Map.of("webp", 33));
        StoredImage image = new StoredImage(OID, 1, "jpeg", 800, 600, false, false);
        SetRequest asked = request(List.of("webp", "png"), List.of(700));

        assertThat(paths(SetPlan.of(image, asked, turned, "e1", LevelCaps.NONE)))
                .containsExactly("e1-d90-q80-w512-xinside.webp", "e1-d90-w512-xinside.png");
        assertThat(paths(SetPlan.of(image, asked, part, "e1", LevelCaps.NONE)))
                .containsExactly(
                        "e1-a700x0x300x300-h64-l5000-nall-q33-w96-xcover.webp", "e1-a700x0x300x300-h64-w96-xcover.png");
    }

    @Test
    void falls_back_to_png_where_there_is_transparency() {
        StoredImage image = new StoredImage(OID, 1, "png", 800, 600, true, false);
        assertThat(paths(SetPlan.of(image, request(null, List.of(64)), "e1", LevelCaps.NONE)))
                .containsExactly("e1-q80-w64-xinside.webp", "e1-w64-xinside.png");
    }

    private static SetRequest request(@Nullable List<String> formats, List<Integer> widths) {
        return new SetRequest(null, widths, formats, null, null, null, null, null);
    }

    private static List<VariantAddress> plan(SetRequest request, LevelCaps caps) {
        return SetPlan.of(new StoredImage(OID, 1, "jpeg", 800, 600, false, false), request, "e1", caps);
    }

    private static List<String> paths(List<VariantAddress> set) {
        return set.stream()
                .map(address -> address.path().substring(address.path().lastIndexOf('/') + 1))
                .toList();
    }
}
