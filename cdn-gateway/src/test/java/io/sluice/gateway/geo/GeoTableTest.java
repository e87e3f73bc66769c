package io.sluice.gateway.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeoTableTest {
    private static final Path DEBIAN = Path.of("/usr/share/tor/geoip");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1.0.0.0,AU",
        "1.0.0.255,AU",
        "1.0.1.0,??",
        "1.0.1.9,??",
        "1.0.1.10,CN",
        "255.255.255.255,US",
        "0.0.0.0,??"
    })
    void finds_the_country_of_an_ipv4_address(String ip, String country) {
        GeoTable table = table("16777216,16777471,AU\n16777482,16777500,CN\n4294967295,4294967295,US\n", "");
        assertThat(Countries.code(table.country(ip(ip)))).isEqualTo(country);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:200::,JP",
        "2001:200:134:ffff::1,JP",
        "2001:200:135::,??",
        "2001:db8::7,DE",
        "2001:db8::8,??",
        "::1,??",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,FR"
    })
    void finds_the_country_of_an_ipv6_address(String ip, String country) {
        GeoTable table = table("", """
                2001:200::,2001:200:134:ffff:ffff:ffff:ffff:ffff,JP
                2001:db8::,2001:db8::7,DE
                ffff::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,FR
                """);
        assertThat(Countries.code(table.country(ip(ip)))).isEqualTo(country);
    }

    @Test
    void the_longest_prefix_overrides_the_ranges() {
        Path file = file("10.0.0.0/8,XA\n10.1.0.0/16,XB\n# remark\n2001:db8::/32,XC\n");
        GeoTable table =
                new GeoTable(ranges("0,4294967295,US\n"), new Ranges.Builder(false).build(), GeoFiles.overrides(file));
        assertThat(country(table, "10.2.3.4")).isEqualTo("XA");
        assertThat(country(table, "10.1.3.4")).isEqualTo("XB");
        assertThat(country(table, "11.1.3.4")).isEqualTo("US");
        assertThat(country(table, "2001:db8:1::")).isEqualTo("XC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2,AU\n2,3,CN\n",
                "5,6,AU\n1,2,CN\n",
                "2,1,AU\n",
                "1,2,AUS\n",
                "1,2\n",
                "1,2,AU",
                "1,2,AU\n3,4,",
                "1,4294967296,AU\n",
                "x,2,AU\n",
                ""
            })
    void refuses_a_file_that_is_cut_off_or_out_of_order(String content) {
        Path file = file(content);
        assertThatThrownBy(() -> GeoFiles.v4(file))
                .isInstanceOf(GeoFileRefused.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void agrees_with_a_plain_search_over_debians_table() throws IOException {
        Assumptions.assumeTrue(Files.exists(DEBIAN), "the package tor-geoipdb is not installed");
        List<long[]> rows = Files.readAllLines(DEBIAN).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(","))
                .map(parts ->
                        new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1]), Countries.number(parts[2])})
                .toList();
        Ranges ranges = GeoFiles.v4(DEBIAN);
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            int address = random.nextInt();
            assertThat(ranges.ofV4(address)).isEqualTo(plain(rows, address & 0xffff_ffffL));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.",
                "",
                "a",
                "::g",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "1:",
                ":1",
                ":::",
                "fe80::1%eth0",
                "::1.2.3",
                "unknown",
                "_hidden"
            })
    void refuses_what_is_no_address(String text) {
        assertThat(Ip.parse(text)).isNull();
    }

    @Test
    void reads_addresses_as_people_write_them() {
        assertThat(ip("::")).isEqualTo(new Ip(0, 0));
        assertThat(ip("::1")).isEqualTo(new Ip(0, 1));
        assertThat(ip("[2001:db8::1]")).isEqualTo(new Ip(0x20010db800000000L, 1));
        assertThat(ip("1:2:3:4:5:6:7:8")).isEqualTo(new Ip(0x0001000200030004L, 0x0005000600070008L));
        assertThat(ip("1::8")).isEqualTo(new Ip(0x0001000000000000L, 8));
        assertThat(ip("::ffff:1.2.3.4")).isEqualTo(ip("1.2.3.4"));
        assertThat(ip("1.2.3.4").isV4()).isTrue();
        assertThat(ip("::1").isV4()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "2001:db8::/129", "x/8", "10.0.0.0/8x"})
    void refuses_what_is_no_cidr(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining(text);
    }

    private static int plain(List<long[]> rows, long address) {
        int from = 0;
        int to = rows.size() - 1;
        while (from <= to) {
            int middle = (from + to) / 2;
            long[] row = rows.get(middle);
            if (address < row[0]) {
                to = middle - 1;
            } else if (address > row[1]) {
                from = middle + 1;
            } else {
                return (int) row[2];
            }
        }
        return Countries.UNKNOWN;
    }

    private static String country(GeoTable table, String ip) {
        return Countries.code(table.country(ip(ip)));
    }

    private GeoTable table(String v4, String v6) {
        return new GeoTable(
                v4.isEmpty() ? new Ranges.Builder(true).build() : ranges(v4),
                v6.isEmpty() ? new Ranges.Builder(false).build() : GeoFiles.v6(file(v6)),
                List.of());
    }

    private Ranges ranges(String content) {
        return GeoFiles.v4(file(content));
    }

    private Path file(String content) {
        try {
            return Files.writeString(folder.resolve("ranges-" + content.hashCode()), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Ip ip(String text) {
        return Objects.requireNonNull(Ip.parse(text), text);
    }
}
