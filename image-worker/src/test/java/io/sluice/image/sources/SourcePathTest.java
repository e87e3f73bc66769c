package io.sluice.image.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.platform.problem.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePathTest {
    @Test
    void decodes_once() {
        assertThat(SourcePath.parse("/api/v1/sources/shop/a%20b/%C3%BC+1%2525.jpg"))
                .isEqualTo(new SourcePath("shop", "a b/\u00fc+1%25.jpg"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "shop/",
                "/a.jpg",
                "shop/a//b.jpg",
                "shop/../b.jpg",
                "shop/%2E%2E/b.jpg",
                "shop/a%2fb.jpg",
                "shop/a%5Cb.jpg",
                "shop/%zz.jpg",
                "shop/%ff.jpg",
                "shop/a%00.jpg",
                "Shop/a.jpg"
            })
    void refuses_what_leads_elsewhere(String rest) {
        assertThatThrownBy(() -> SourcePath.parse("/api/v1/sources/" + rest)).isInstanceOf(InvalidRequest.class);
    }
}
