package io.sluice.gateway.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.image.ImageFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void reads_kept_rights_and_most_bytes() {
        assertThat(ImageQuery.parse("w=320&kcr=1&max_bytes=9000").operations())
                .isEqualTo(Map.of('k', "cr", 'l', "9000"));
        assertThat(ImageQuery.parse("w=320&kcr=0").operations()).isEmpty();
        assertThatThrownBy(() -> ImageQuery.parse("w=320&max_bytes=1"))
                .isInstanceOfSatisfying(
                        MalformedQuery.class,
                        refused -> assertThat(refused.parameter()).isEqualTo("max_bytes"));
        assertThatThrownBy(() -> ImageQuery.parse("w=320&max_bytes=9000&max_bytes=8000"))
                .isInstanceOf(MalformedQuery.class);
    }

    @Test
    void leave_out_what_a_format_does_not_know() {
        var asked = ImageQuery.parse("w=320&kcr=1&max_bytes=9000&anim=all").operations();

        assertThat(Operations.of(asked, ImageFormat.WEBP).letters()).containsOnlyKeys('k', 'l', 'n');
        assertThat(Operations.of(asked, ImageFormat.AVIF).letters()).containsOnlyKeys('k', 'l');
        assertThat(Operations.of(asked, ImageFormat.GIF).letters()).containsOnlyKeys('k', 'n');
        assertThat(Operations.of(asked, ImageFormat.PNG).letters()).containsOnlyKeys('k');
    }
}
