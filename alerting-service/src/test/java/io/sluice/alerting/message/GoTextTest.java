package io.sluice.alerting.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T15:34:27.667496948Z, 2026-11-20T15:34:27.667496948Z",
        "2026-11-20T15:34:27.660Z, 2026-11-20T15:34:27.66Z",
        "2026-11-20T15:34:20Z, 2026-11-20T15:34:20Z",
        "2026-11-20T15:34:20.000001Z, 2026-11-20T15:34:20.000001Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    })
    void a_time_has_the_digits_that_are_needed(Instant at, String text) {
        assertThat(GoText.time(at)).isEqualTo(text);
    }

    @Test
    void labels_are_in_order_of_their_names() {
        assertThat(GoText.labels(new TreeMap<>(Map.of("b", "2", "a", "1")))).isEqualTo("{a=\"1\", b=\"2\"}");
        assertThat(GoText.labels(new TreeMap<>())).isEqualTo("{}");
    }

    /** As {@code strconv.Quote} writes them. */
    @Test
    void values_are_quoted_as_go_quotes_them() {
        assertThat(quoted("a\"b\\c")).isEqualTo("{a=\"a\\\"b\\\\c\"}");
        assertThat(quoted("\u0007\b\f\n\r\t\u000b\u0000\u007f")).isEqualTo("{a=\"\\a\\b\\f\\n\\r\\t\\v\\x00\\x7f\"}");
        assertThat(quoted("ünï <&> 日本 \uD83D\uDE00")).isEqualTo("{a=\"ünï <&> 日本 \uD83D\uDE00\"}");
        assertThat(quoted("a\u00a0b\u2028c\u200bd")).isEqualTo("{a=\"a\\u00a0b\\u2028c\\u200bd\"}");
        assertThat(quoted("\u0085")).isEqualTo("{a=\"\\u0085\"}");
    }

    private static String quoted(String value) {
        return GoText.labels(new TreeMap<>(Map.of("a", value)));
    }
}
