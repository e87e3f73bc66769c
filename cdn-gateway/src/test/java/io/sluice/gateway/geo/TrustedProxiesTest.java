package io.sluice.gateway.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private static final List<Cidr> OURS = List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8::/32"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                10.0.0.1    | 203.0.113.9                        | 203.0.113.9
                10.0.0.1    | 1.1.1.1, 203.0.113.9               | 203.0.113.9
                10.0.0.1    | 1.1.1.1, 203.0.113.9, 10.2.2.2     | 203.0.113.9
                10.0.0.1    | 1.1.1.1\\n203.0.113.9, 10.2.2.2    | 203.0.113.9
                10.0.0.1    | 203.0.113.9:4711                   | 203.0.113.9
                10.0.0.1    | [2001:4860::1]:443                 | 2001:4860::1
                10.0.0.1    | 2001:4860::1                       | 2001:4860::1
                2001:db8::1 | 203.0.113.9                        | 203.0.113.9
                10.0.0.1    | 1.1.1.1, nonsense                  | 10.0.0.1
                10.0.0.1    | 1.1.1.1,                           | 10.0.0.1
                10.0.0.1    | 10.3.3.3                           | 10.3.3.3
                203.0.113.1 | 1.1.1.1                            | 203.0.113.1
                """)
    void finds_the_client_behind_trusted_proxies_only(String peer, String header, String client) {
        TrustedProxies proxies = new TrustedProxies(OURS, ClientHeader.X_FORWARDED_FOR);
        assertThat(proxies.client(ip(peer), Arrays.asList(header.split("\\\\n"))))
                .isEqualTo(ip(client));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                for=203.0.113.9                                    | 203.0.113.9
                For="[2001:4860::1]:4711";proto=https              | 2001:4860::1
                for=1.1.1.1, proto=http;for=203.0.113.9;by=10.0.0.1 | 203.0.113.9
                for=203.0.113.9, for="10.9.9.9:80"                 | 203.0.113.9
                for=unknown                                        | 10.0.0.1
                proto=https                                        | 10.0.0.1
                """)
    void reads_the_header_of_rfc_7239(String header, String client) {
        TrustedProxies proxies = new TrustedProxies(OURS, ClientHeader.FORWARDED);
        assertThat(proxies.client(ip("10.0.0.1"), List.of(header))).isEqualTo(ip(client));
    }

    @Test
    void trusts_nobody_unless_told_to() {
        TrustedProxies none = new TrustedProxies(List.of(), ClientHeader.X_FORWARDED_FOR);
        assertThat(none.trusts(ip("127.0.0.1"))).isFalse();
        assertThat(none.client(ip("127.0.0.1"), List.of("1.1.1.1"))).isEqualTo(ip("127.0.0.1"));
    }

    private static Ip ip(String text) {
        return Objects.requireNonNull(Ip.parse(text), text);
    }
}
