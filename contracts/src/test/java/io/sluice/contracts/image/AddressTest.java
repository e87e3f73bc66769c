package io.sluice.contracts.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.image.AddressSigner.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final String OID = "0123456789abcdef".repeat(4);
    private static final Instant NOW = Instant.ofEpochSecond(1000);

    @Property
    void an_address_is_read_back_as_it_was_written(
            @ForAll @IntRange(min = 1, max = 4096) int width,
            @ForAll @IntRange(min = 0, max = 4096) int height,
            @ForAll @IntRange(min = 1, max = 100) int quality,
            @ForAll Fit fit,
            @ForAll ImageFormat format) {
        Recipe recipe = Recipe.of(
                "e1",
                SizeLadder.snapUp(width),
                height == 0 ? 0 : SizeLadder.snapUp(height),
                fit,
                format.lossy() ? quality : 0);
        VariantAddress address = VariantAddress.of("photos", OID, recipe, format);
        assertThat(VariantAddress.parse(address.path())).isEqualTo(address);
        assertThat(Recipe.parse(recipe.text())).isEqualTo(recipe);
    }

    @Property
    void anything_that_parses_is_canonical(@ForAll String recipe) {
        try {
            assertThat(Recipe.parse(recipe).text()).isEqualTo(recipe);
        } catch (MalformedAddress expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e1",
                "e1-w640",
                "e1-q60-w641-xcover",
                "e1-w640-q60-xcover",
                "e1-q060-w640-xcover",
                "e1-q0-w640-xcover",
                "e1-q101-w640-xcover",
                "e1-q60-w0-xcover",
                "e1-q60-w999999-xcover",
                "e1-q60-w640-xstretch",
                "e1-q60-w640-w640-xcover",
                "E1-q60-w640-xcover",
                "e1-q60-w640-xcover-z1",
                "e1--w640-xcover",
                "e1-q60-w-640-xcover"
            })
    void refuses_recipes_that_are_not_canonical(String recipe) {
        assertThatThrownBy(() -> Recipe.parse(recipe)).isInstanceOf(MalformedAddress.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v/a/b/c", "/v/../x/orig.jpg", "/v/a%2fb/x/orig.jpg", "/x/a/b/orig.jpg"})
    void refuses_paths_that_are_no_addresses(String path) {
        assertThatThrownBy(() -> VariantAddress.parse(path)).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void names_are_narrow() {
        assertThat(Names.isCollection("photos_2-a")).isTrue();
        assertThat(Names.isCollection("-a") || Names.isCollection("A") || Names.isCollection(""))
                .isFalse();
        assertThat(Names.isOid(OID)).isTrue();
        assertThat(Names.isOid(OID.toUpperCase(java.util.Locale.ROOT))).isFalse();
        assertThat(Names.isPath("a/b c/d.jpg")).isTrue();
        assertThat(Names.isPath("a//b") || Names.isPath("../a") || Names.isPath("a/..") || Names.isPath("a\\b"))
                .isFalse();
        assertThat(Names.isPath("/a") || Names.isPath("a/") || Names.isPath("a\u0000") || Names.isPath("."))
                .isFalse();
    }

    @Property
    void a_signature_fits_its_own_path_only(
            @ForAll @IntRange(min = 0, max = 1000) int a, @ForAll @IntRange(min = 0, max = 1000) int b) {
        AddressSigner signer = signer("k1");
        String mac = mac(signer.sign("/v/" + a));
        assertThat(signer.verify("/v/" + b, "k1", mac, null, NOW)).isEqualTo(a == b ? Verdict.VALID : Verdict.FORGED);
    }

    @Test
    void a_signature_expires_rotates_and_cannot_be_stretched() {
        AddressSigner signer = signer("k1");
        String signed = signer.sign("/v/x", Instant.ofEpochSecond(1001));
        assertThat(signer.verify("/v/x", "k1", mac(signed), "1001", NOW)).isEqualTo(Verdict.VALID);
        assertThat(signer.verify("/v/x", "k1", mac(signed), "1001", NOW.plusSeconds(1)))
                .isEqualTo(Verdict.EXPIRED);
        assertThat(signer.verify("/v/x", "k1", mac(signed), "9999", NOW)).isEqualTo(Verdict.FORGED);
        assertThat(signer.verify("/v/x", "k1", mac(signed), null, NOW)).isEqualTo(Verdict.FORGED);
        assertThat(signer("k2").verify("/v/x", "k1", mac(signed), "1001", NOW)).isEqualTo(Verdict.VALID);
        assertThat(signer.verify("/v/x", "k9", mac(signed), "1001", NOW)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(signer.verify("/v/x", null, null, null, NOW)).isEqualTo(Verdict.UNSIGNED);
    }

    private static AddressSigner signer(String active) {
        return new AddressSigner(
                active,
                Map.of(
                        "k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8),
                        "k2", "fedcba9876543210".getBytes(StandardCharsets.UTF_8)));
    }

    private static String mac(String signed) {
        return signed.replaceAll(".*[?&]s=([^&]*).*", "$1");
    }
}
