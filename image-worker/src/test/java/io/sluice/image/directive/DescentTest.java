package io.sluice.image.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.VariantAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DescentTest {
    private static final String PREFIX = "/v/shop/" + "a".repeat(64) + "/e1-";

    @Test
    void a_likeness_becomes_a_number_within_the_cap_and_until_it_is_found_a_fixed_one() {
        String path = "/v/c/" + "a".repeat(64) + "/e1-qssim980-w640-xinside.";
        VariantAddress webp = VariantAddress.parse(path + "webp");
        LevelCaps capped = new LevelCaps(Map.of("webp", 60), List.of(), null, null);

        assertThat(Descent.within(LevelCaps.NONE, webp)).isEmpty();
        assertThat(Descent.within(capped, webp).orElseThrow().path()).contains("-q60-");
        assertThat(Descent.fixed(LevelCaps.NONE, webp).path()).contains("-q90-").endsWith(".webp");
        assertThat(Descent.fixed(capped, webp).path()).contains("-q60-").endsWith(".webp");
        assertThat(Descent.fixed(LevelCaps.NONE, VariantAddress.parse(path + "avif"))
                        .path())
                .endsWith(".webp");
    }

    @Test
    void most_bytes_stay_under_a_cap_and_go_until_they_are_kept_to() {
        VariantAddress bounded = address("kcr-l9000-q80-w640-xinside.webp");
        LevelCaps capped = new LevelCaps(Map.of("webp", 60), List.of(), null, null);

        assertThat(Descent.within(capped, bounded)).contains(address("kcr-l9000-q60-w640-xinside.webp"));
        assertThat(Descent.fixed(LevelCaps.NONE, bounded)).isEqualTo(address("kcr-q80-w640-xinside.webp"));
        assertThat(Descent.fixed(LevelCaps.NONE, address("l9000-q60-w640-xinside.avif")))
                .isEqualTo(address("q79-w640-xinside.webp"));
    }

    @Test
    void leaves_what_is_within_the_caps_and_the_source_s_own_pixels() {
        LevelCaps caps = new LevelCaps(Map.of("webp", 60), List.of("webp"), 1024, null);
        assertThat(Descent.within(caps, address("q60-w1024-xinside.webp"))).isEmpty();
        assertThat(Descent.within(LevelCaps.NONE, address("q100-w4096-xinside.avif")))
                .isEmpty();
        VariantAddress original = VariantAddress.parse("/v/shop/" + "a".repeat(64) + "/orig.jpg");
        assertThat(Descent.within(caps, original)).isEmpty();
    }

    @Test
    void lowers_format_quality_and_size_at_once() {
        LevelCaps caps = new LevelCaps(Map.of("webp", 55), List.of("webp"), 512, null);
        assertThat(Descent.within(caps, address("h1024-q60-w2048-xcover.avif")))
                .contains(address("h256-q55-w512-xcover.webp"));
        LevelCaps jpegOnly = new LevelCaps(Map.of(), List.of("jpeg"), null, null);
        assertThat(Descent.within(jpegOnly, address("q70-w64-xinside.webp"))).contains(address("q70-w64-xinside.jpg"));
        assertThat(Descent.within(jpegOnly, address("w64-xinside.png"))).isEmpty();
    }

    @Test
    void keeps_cut_and_mark_but_only_the_frames_that_the_format_knows() {
        LevelCaps caps = new LevelCaps(Map.of("jpeg", 50), List.of("jpeg"), null, null);
        assertThat(Descent.within(caps, address("d90-m0123456789abcdef-nall-q80-w64-xinside.webp")))
                .contains(address("d90-m0123456789abcdef-q50-w64-xinside.jpg"));
        assertThat(Descent.nearest(
                        address("m0123456789abcdef-q80-w64-xinside.webp"), List.of(address("q80-w64-xinside.webp"))))
                .isEmpty();
        assertThat(Descent.nearest(
                        address("d90-q80-w64-xinside.webp"),
                        List.of(address("q80-w64-xinside.webp"), address("d90-q80-w32-xinside.webp"))))
                .contains(address("d90-q80-w32-xinside.webp"));
    }

    @Test
    void never_loops_whatever_the_caps() {
        SplittableRandom random = new SplittableRandom(7);
        String[] formats = {"avif", "webp", "jpg"};
        for (int round = 0; round < 5_000; round++) {
            List<String> allowed = new ArrayList<>();
            for (String token : List.of("avif", "webp", "jpeg")) {
                if (random.nextBoolean()) {
                    allowed.add(token);
                }
            }
            LevelCaps caps = new LevelCaps(
                    Map.of(
                            "avif", random.nextInt(1, 101),
                            "webp", random.nextInt(1, 101),
                            "jpeg", random.nextInt(1, 101)),
                    allowed,
                    random.nextInt(16, 4097),
                    null);
            VariantAddress asked = address("h2048-q" + random.nextInt(1, 101) + "-w4096-xcover." + formats[round % 3]);
            Optional<VariantAddress> lower = Descent.within(caps, asked);
            assertThat(lower.flatMap(next -> Descent.within(caps, next))).isEmpty();
        }
    }

    @Test
    void takes_the_largest_stored_variant_below() {
        List<VariantAddress> stored = List.of(
                address("q70-w256-xinside.webp"),
                address("q70-w384-xinside.webp"),
                address("q70-w384-xinside.jpg"),
                address("q80-w384-xinside.webp"),
                address("q70-w1024-xinside.webp"),
                address("q70-w384-xcover.webp"),
                address("q40-w384-xinside.avif"));
        assertThat(Descent.nearest(address("q75-w512-xinside.webp"), stored))
                .contains(address("q70-w384-xinside.webp"));
        assertThat(Descent.nearest(address("q70-w32-xinside.webp"), stored)).isEmpty();
    }

    @Test
    void lets_as_many_through_as_the_bucket_holds_and_fills_by_the_second() {
        TokenBucket bucket = new TokenBucket(2, 3, 0);
        assertThat(List.of(bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)))
                .containsExactly(true, true, true, false);
        assertThat(bucket.take(400_000_000)).isFalse();
        assertThat(bucket.take(500_000_000)).isTrue();
        assertThat(bucket.take(500_000_001)).isFalse();
    }

    private static VariantAddress address(String rest) {
        return VariantAddress.parse(PREFIX + rest);
    }
}
