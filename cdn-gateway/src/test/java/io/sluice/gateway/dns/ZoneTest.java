package io.sluice.gateway.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {
    @ParameterizedTest
    @CsvSource({
        "img.cdn.test,true",
        "media.cdn.test,true",
        "other.cdn.test,false",
        "cdn.test,false",
        "a.img.cdn.test,false",
        "imgcdn.test,false",
        "img.cdn.test.evil,false"
    })
    void only_its_names_lead_somewhere(String name, boolean leads) {
        assertThat(zone("cdn.test", Set.of("img", "media"), "ns1.example.test").leads(name))
                .isEqualTo(leads);
    }

    @Test
    void a_star_stands_for_every_label() {
        Zone zone = zone("cdn.test", Set.of("*"), "ns1.example.test");
        assertThat(zone.leads("photos.cdn.test")).isTrue();
        assertThat(zone.leads("a.photos.cdn.test")).isFalse();
        assertThat(zone.leads("<script>.cdn.test")).isFalse();
    }

    @Test
    void the_answer_to_a_wrong_zone_says_what_to_change() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone("cdn.test", Set.of("a.b"), "ns1.example.test"))
                .withMessageContaining("single labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone("cdn.test", Set.of("img"), "ns1.cdn.test"))
                .withMessageContaining("outside cdn.test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Zone(1, "cdn.test", Set.of("img"), List.of(), NameChoice.LEADER))
                .withMessageContaining("name-servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-a.test", "a..test", "a b.test", "a.test\r\n", "*.test"})
    void a_zone_has_a_name(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zone(name, Set.of("img"), "ns1.example.test"))
                .withMessageContaining("zone must be a name");
    }

    private static Zone zone(String name, Set<String> labels, String server) {
        return new Zone(1, name, labels, List.of(server), NameChoice.LEADER);
    }
}
