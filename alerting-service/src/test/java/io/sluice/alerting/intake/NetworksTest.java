package io.sluice.alerting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.0/23, 10.1.3.255, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.3/32, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1/128, ::1, true",
        "::1/128, 127.0.0.1, false",
        "fd00::/9, fd7f::1, true",
        "fd00::/9, fd80::1, false",
        "127.0.0.0/8, localhost, false",
        "' 10.0.0.0/8', 10.0.0.1, true"
    })
    void holds_the_addresses_of_a_network_and_no_others(String network, String address, boolean held) {
        assertThat(new Networks(List.of(network)).contain(address)).isEqualTo(held);
    }

    @Test
    void no_network_holds_nobody() {
        assertThat(new Networks(List.of()).contain("127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "localhost/8", "10.0.0.0/a", ""
            })
    void names_what_is_not_a_network(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Networks(List.of(network)))
                .withMessageContaining("sluice.alerting.intake.networks: '" + network + "'");
    }
}
