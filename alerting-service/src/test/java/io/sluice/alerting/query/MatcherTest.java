package io.sluice.alerting.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    private static final TreeMap<String, String> LABELS =
            new TreeMap<>(Map.of("alertname", "Slow", "node", "bar", "path", "a\"b\\c", "lines", "one\ntwo"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alertname=Slow",
                "alertname=\"Slow\"",
                "  alertname = Slow ",
                "alertname!=Fast",
                "node=~b.*",
                "node=~\"b.*\"",
                "node=~foo|bar",
                "node!~fo+",
                "absent=",
                "absent=\"\"",
                "absent!=x",
                "absent=~.*",
                "absent!~.+",
                "path=\"a\\\"b\\\\c\"",
                "lines=\"one\\ntwo\"",
                "node=~(?i)BAR",
            })
    void holds_of_these_labels(String filter) {
        assertThat(Matcher.parse(filter).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alertname=slow",
                "alertname!=Slow",
                "node=~b",
                "node=~ar",
                "node!~b.*",
                "absent=x",
                "absent!=",
                "absent=~.+"
            })
    void does_not_hold_of_these_labels(String filter) {
        assertThat(Matcher.parse(filter).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"bad", "1a=b", "a-b=c", "'a=\"b\"c\"'", "=x", "''"})
    void says_what_it_cannot_read(String filter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matcher.parse(filter))
                .withMessage("bad matcher format: " + filter);
    }

    @Test
    void says_what_is_wrong_with_an_expression() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matcher.parse("a=~["))
                .withMessageStartingWith("error parsing regexp: ");
    }

    @Test
    void an_expression_that_is_costly_elsewhere_is_not_here() {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("a", "x".repeat(20_000) + "!"));
        assertThat(Matcher.parse("a=~(x+x+)+y").matches(labels)).isFalse();
    }
}
