package io.sluice.gateway.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WidestPrefixTest {
    private static final int DE = Countries.number("DE");
    private static final int US = Countries.number("US");

    private final Ranges v4 = new Ranges.Builder(true)
            .add(ip("198.51.100.0"), ip("198.51.100.255"), US)
            .add(ip("203.0.113.0"), ip("203.0.113.255"), DE)
            .build();
    private final Ranges v6 = new Ranges.Builder(false)
            .add(ip("2001:db8::"), ip("2001:db8:0:ffff:ffff:ffff:ffff:ffff"), DE)
            .build();

    @Test
    void a_range_of_its_own_is_its_own_prefix() {
        assertThat(widest(table(), "203.0.113.9", 32, DE)).isEqualTo(24);
        assertThat(widest(table(), "2001:db8::9", 56, DE)).isEqualTo(48);
    }

    @Test
    void what_counts_the_same_is_joined_up_to_the_first_that_does_not() {
        assertThat(widest(table(), "198.51.100.7", 24, US, Countries.UNKNOWN))
                .as("11000... is free of 203.0.113.0/24, 1100... is not")
                .isEqualTo(5);
        assertThat(widest(table(), "198.51.100.7", 24, US, Countries.UNKNOWN, DE))
                .isZero();
    }

    @Test
    void it_is_never_finer_than_what_is_known_of_the_client() {
        assertThat(widest(table(), "203.0.112.0", 20, DE)).isEqualTo(20);
        assertThat(widest(table(), "203.0.113.0", 24, US)).isEqualTo(24);
    }

    @Test
    void overrides_count_before_ranges() {
        GeoTable table = table(new GeoTable.Overriding(Cidr.parse("203.0.113.128/25"), US));
        assertThat(widest(table, "203.0.113.9", 32, DE)).isEqualTo(25);
        assertThat(widest(table, "203.0.113.200", 32, US)).isEqualTo(25);
        GeoTable covered = table(new GeoTable.Overriding(Cidr.parse("203.0.112.0/22"), US));
        assertThat(widest(covered, "203.0.113.9", 32, US)).isEqualTo(22);
    }

    @Test
    void every_address_of_the_prefix_is_of_the_same_kind_and_the_next_wider_one_has_another() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            GeoTable table = new GeoTable(small(random), v6, List.of());
            Ip client = Ip.v4(random.nextInt(64));
            int country = table.country(client);
            int length = widest(table, client, 32, country) - 96;
            assertThat(uniform(table, client, length, country)).isTrue();
            assertThat(length == 26 || !uniform(table, client, length - 1, country))
                    .as("%s/%d of %s", client, length, country)
                    .isTrue();
        }
    }

    /** Sixteen ranges of four of the first 64 addresses; what is behind them is of no country. */
    private static Ranges small(Random random) {
        Ranges.Builder builder = new Ranges.Builder(true);
        for (int at = 0; at < 64; at += 4) {
            builder.add(Ip.v4(at), Ip.v4(at + 3), random.nextInt(3));
        }
        return builder.build();
    }

    private static boolean uniform(GeoTable table, Ip client, int length, int country) {
        int size = 1 << (32 - length);
        int first = client.v4() & -size;
        for (int at = first; at < first + size; at++) {
            if (table.country(Ip.v4(at)) != country) {
                return false;
            }
        }
        return true;
    }

    private GeoTable table(GeoTable.Overriding... overrides) {
        return new GeoTable(v4, v6, List.of(overrides));
    }

    private static int widest(GeoTable table, String ip, int bits, Integer... countries) {
        Ip client = ip(ip);
        int length = table.widest(
                client,
                (client.isV4() ? 96 : 0) + bits,
                country -> List.of(countries).contains(country));
        return client.isV4() ? length - 96 : length;
    }

    private static int widest(GeoTable table, Ip client, int bits, int country) {
        return table.widest(client, 96 + bits, other -> other == country);
    }

    private static Ip ip(String text) {
        return Objects.requireNonNull(Ip.parse(text));
    }
}
