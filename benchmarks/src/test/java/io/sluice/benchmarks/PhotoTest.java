package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoTest {
    @Test
    void tells_a_progressive_jpeg_by_its_frame_header_behind_other_segments() {
        assertThat(Photo.progressive(jpeg("ffe000044a46", "ffc2000b08"))).isTrue();
        assertThat(Photo.progressive(jpeg("ffe000044a46", "ffc0000b08"))).isFalse();
    }

    @Test
    void a_marked_copy_has_other_bytes_and_the_same_frame(@TempDir Path folder) throws Exception {
        byte[] original = jpeg("ffe000044a46", "ffc2000b08");
        Photo photo = new Photo(Files.write(folder.resolve("one.jpg"), original));
        assertThat(photo.marked(1))
                .isNotEqualTo(photo.marked(2))
                .endsWith(Arrays.copyOfRange(original, 2, original.length));
        assertThat(Photo.progressive(photo.marked(1))).isTrue();
    }

    private static byte[] jpeg(String... segments) {
        return HexFormat.of().parseHex("ffd8" + String.join("", segments));
    }
}
