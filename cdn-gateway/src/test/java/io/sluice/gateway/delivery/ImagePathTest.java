package io.sluice.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePathTest {
    @Test
    void decodes_once() {
        assertThat(ImagePath.name("photos/a/b.jpg")).isEqualTo("photos/a/b.jpg");
        assertThat(ImagePath.name("photos/caf%C3%A9%20au%20lait.jpg")).isEqualTo("photos/café au lait.jpg");
        assertThat(ImagePath.name("photos/%2561.jpg")).isEqualTo("photos/%61.jpg");
        assertThat(ImagePath.name("sha256/" + "a".repeat(64))).isEqualTo("sha256/" + "a".repeat(64));
        assertThat(ImagePath.name("photos/a..b.jpg")).isEqualTo("photos/a..b.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "photos",
                "photos/",
                "/photos/a",
                "photos//a",
                "photos/a/",
                "photos/../a",
                "photos/./a",
                "photos/a/..",
                "photos/%2e%2e/a",
                "photos/%2E/a",
                "photos/a%2fb",
                "photos/a%2Fb",
                "photos/a%5cb",
                "photos/a\\b",
                "photos/a%0d%0aSet-Cookie:x",
                "photos/a%00",
                "photos/a%7f",
                "photos/%",
                "photos/%4",
                "photos/%zz",
                "photos/%c3",
                "photos/%c0%ae",
                "photos/\u00e9",
                "photos/a b",
                "Photos/a",
                "pho tos/a",
                "http:/a",
                "http://evil.example/a",
                "//evil.example/a",
                "photos/http://evil.example",
                "sha256/abc",
                "%70hotos%2fa",
                "../a",
                "-x/a"
            })
    void refuses_what_no_source_can_be_called(String raw) {
        assertThatThrownBy(() -> ImagePath.name(raw)).isInstanceOf(MalformedPath.class);
    }

    @Test
    void refuses_a_path_that_is_too_long() {
        assertThatThrownBy(() -> ImagePath.name("photos/" + "a".repeat(1025))).isInstanceOf(MalformedPath.class);
        assertThatThrownBy(() -> ImagePath.name("photos/" + "%41".repeat(30_000)))
                .isInstanceOf(MalformedPath.class);
    }
}
