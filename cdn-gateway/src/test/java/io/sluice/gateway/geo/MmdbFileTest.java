package io.sluice.gateway.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmdbFileTest {
    private static final MmdbWriter FILE = new MmdbWriter()
            .add("203.0.113.0/24", Map.of("country", Map.of("iso_code", "DE")))
            .add("198.51.100.0/25", Map.of("country", "US"))
            .add("198.51.100.128/25", Map.of("registered_country", Map.of("iso_code", "CA")))
            .add("192.0.2.0/24", Map.of("continent", Map.of("code", "EU")))
            .add("2001:db8::/32", Map.of("country_code", "FR"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0,DE",
        "203.0.113.255,DE",
        "203.0.114.0,??",
        "198.51.100.127,US",
        "198.51.100.128,CA",
        "192.0.2.1,??",
        "2001:db8:ffff::1,FR",
        "2001:db9::1,??",
        "::1,??"
    })
    void finds_the_country_of_an_address(String ip, String country) throws IOException {
        FILE.write(folder.resolve("a.mmdb"));
        MmdbFile.Content content = MmdbFile.read(folder.resolve("a.mmdb"));
        GeoTable table = new GeoTable(content.v4(), content.v6(), List.of());
        assertThat(Countries.code(table.country(Objects.requireNonNull(Ip.parse(ip)))))
                .isEqualTo(country);
        assertThat(content.v4().rows()).isEqualTo(3);
    }

    @Test
    void a_file_that_is_cut_off_anywhere_is_refused() throws IOException {
        byte[] whole = FILE.bytes();
        for (int length = 0; length < whole.length - 1; length += 97) {
            Path file = Files.write(folder.resolve("cut.mmdb"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> MmdbFile.read(file))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(GeoFileRefused.class)
                    .hasMessageContaining("cut.mmdb");
        }
    }

    @Test
    void a_file_with_a_hole_in_its_tree_is_refused() throws IOException {
        byte[] damaged = FILE.bytes();
        Arrays.fill(damaged, 0, 12, (byte) 0xff);
        Path file = Files.write(folder.resolve("damaged.mmdb"), damaged);
        assertThatThrownBy(() -> MmdbFile.read(file)).isInstanceOf(GeoFileRefused.class);
    }

    @Test
    void a_text_file_is_no_database() throws IOException {
        Path file = Files.writeString(folder.resolve("text.mmdb"), "16777216,16777471,AU\n".repeat(100));
        assertThatThrownBy(() -> MmdbFile.read(file)).isInstanceOf(GeoFileRefused.class);
    }
}
