package io.sluice.image.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SrgbProfileTest {
    private static final byte[] SRGB = profile(ColorSpace.CS_sRGB);

    @Test
    void recognises_srgb_by_its_curves_and_primaries() {
        assertThat(matches(SRGB)).isTrue();
    }

    @Test
    void takes_no_other_space_for_srgb() {
        assertThat(matches(profile(ColorSpace.CS_LINEAR_RGB))).isFalse();
        assertThat(matches(profile(ColorSpace.CS_GRAY))).isFalse();
        assertThat(matches(profile(ColorSpace.CS_PYCC))).isFalse();
    }

    @Test
    void takes_neither_another_primary_nor_another_curve_for_srgb() {
        byte[] primary = SRGB.clone();
        ByteBuffer.wrap(primary).putInt(tag("rXYZ") + 8, (int) (0.4400 * 65_536));
        assertThat(matches(primary)).isFalse();

        byte[] curve = SRGB.clone();
        int at = tag("gTRC");
        ByteBuffer.wrap(curve).putInt(at + 8, 1).putShort(at + 12, (short) (2.2 * 256));
        assertThat(matches(curve)).as("a plain power of 2.2").isFalse();
    }

    @Test
    void recognises_the_parametric_spelling_of_the_curve() {
        byte[] spelled = SRGB.clone();
        double[] numbers = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
        for (String name : new String[] {"rTRC", "gTRC", "bTRC"}) {
            ByteBuffer out = ByteBuffer.wrap(spelled).position(tag(name));
            out.putInt(0x70617261).putInt(0).putShort((short) 3).putShort((short) 0);
            for (double number : numbers) {
                out.putInt((int) Math.round(number * 65_536));
            }
        }
        assertThat(matches(spelled)).isTrue();
    }

    @Test
    void takes_nothing_damaged_for_srgb_and_never_throws() {
        for (int length = 0; length < SRGB.length; length += 7) {
            ByteBuffer cut = ByteBuffer.wrap(SRGB, 0, length).slice();
            assertThat(SrgbProfile.in(cut, 0, length)).isFalse();
            assertThat(SrgbProfile.in(cut, 0, SRGB.length)).isFalse();
            assertThat(SrgbProfile.compressedIn(cut, 0, length)).isFalse();
        }
        byte[] far = SRGB.clone();
        ByteBuffer.wrap(far).putInt(128, Integer.MAX_VALUE);
        for (int entry = 136; entry < tag("rTRC"); entry += 12) {
            ByteBuffer.wrap(far).putInt(entry, Integer.MIN_VALUE);
        }
        assertThat(matches(far)).isFalse();
    }

    private static boolean matches(byte[] profile) {
        return SrgbProfile.in(ByteBuffer.wrap(profile), 0, profile.length);
    }

    /** Where a tag's content is in Java's own profile. */
    private static int tag(String name) {
        ByteBuffer profile = ByteBuffer.wrap(SRGB);
        int wanted = ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
        for (int i = 0; i < profile.getInt(128); i++) {
            if (profile.getInt(132 + i * 12) == wanted) {
                return profile.getInt(136 + i * 12);
            }
        }
        throw new AssertionError(name);
    }

    private static byte[] profile(int space) {
        return ICC_Profile.getInstance(space).getData();
    }
}
