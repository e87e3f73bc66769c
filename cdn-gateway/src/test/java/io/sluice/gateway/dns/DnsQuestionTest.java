package io.sluice.gateway.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsQuestionTest {
    @Test
    void both_forms_of_a_lookup_say_the_same() {
        DnsQuestion path = DnsQuestion.ofPath(
                "/lookup/img%2ecdn%2etest%2e/ANY",
                header -> header.equalsIgnoreCase("x-remotebackend-real-remote") ? "198.51.100.0/24" : null);
        DnsQuestion body = body("""
                {"method":"lookup","parameters":{"local":"0.0.0.0","qname":"img.cdn.test.","qtype":"ANY",
                 "real-remote":"198.51.100.0/24","remote":"0.0.0.0","zone-id":-1}}""");
        assertThat(path).isEqualTo(body);
        assertThat(path.name()).isEqualTo("img.cdn.test");
        assertThat(Objects.requireNonNull(path.client()).bits()).isEqualTo(24);
    }

    @Test
    void a_question_without_a_client_has_none() {
        assertThat(DnsQuestion.ofPath("/lookup/cdn%2etest%2e/SOA", header -> "0.0.0.0/0")
                        .client())
                .isNull();
    }

    @Test
    void a_type_is_wanted_when_it_or_any_is_asked_for() {
        DnsQuestion soa = DnsQuestion.ofPath("/lookup/cdn%2etest%2e/SOA", header -> null);
        assertThat(soa.wants("SOA")).isTrue();
        assertThat(soa.wants("NS")).isFalse();
        assertThat(DnsQuestion.ofPath("/lookup/cdn%2etest%2e/ANY", header -> null)
                        .wants("NS"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lookup/a/ANY", "/lookup/%zz/ANY", "/lookup/%2/ANY"})
    void a_path_that_cannot_be_read_is_refused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsQuestion.ofPath(path, header -> null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"method\":7}", "null", "{\"parameters\":{}}"})
    void a_body_that_cannot_be_read_is_refused(String body) {
        assertThatIllegalArgumentException().isThrownBy(() -> body(body));
    }

    private static DnsQuestion body(String text) {
        return DnsQuestion.ofBody(text.getBytes(StandardCharsets.UTF_8), new ObjectMapper());
    }
}
