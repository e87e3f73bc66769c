package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PhotoTest {
    @Test
    void tells_a_progressive_jpeg_by_its_frame_header_behind_other_segments() {
        assertThat(Photo.progressive(jpeg("ffe000044a46", "ffc2000b08"))).isTrue();
        assertThat(Photo.progressive(jpeg("ffe000044a46", "ffc0000b08"))).isFalse();
    }

    private static byte[] jpeg(String... segments) {
        return HexFormat.of().parseHex("ffd8" + String.join("", segments));
    }
}
