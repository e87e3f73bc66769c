package io.sluice.gateway.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoReloadTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Geo geo = geo("");

    @BeforeEach
    void start() {
        geo = geo(folder.toString());
    }

    @AfterEach
    void stop() {
        geo.stop(new ShutdownEvent());
    }

    @Test
    void a_changed_file_is_taken_up_and_a_refused_one_is_not() throws IOException {
        write("16777216,16777471,AU\n");
        geo.start(new StartupEvent());
        await().atMost(SOON).until(() -> country().equals("AU"));

        write("16777216,16777471,CN\n16777472,16777475,");
        await().atMost(SOON).until(() -> geo.state().refused() != null);
        assertThat(country()).isEqualTo("AU");
        assertThat(geo.state().refused()).contains("line 2");

        write("16777216,16777471,NZ\n16777472,16777475,AU\n");
        await().atMost(SOON).until(() -> country().equals("NZ"));
        assertThat(geo.state().refused()).isNull();
        assertThat(geo.state().v4Rows()).isEqualTo(2);
    }

    @Test
    void a_file_that_lost_most_of_its_rows_or_has_gone_changes_nothing() throws IOException {
        write("1,1,AU\n2,2,NZ\n16777216,16777471,AU\n16777472,16777475,CN\n");
        geo.start(new StartupEvent());
        await().atMost(SOON).until(() -> country().equals("AU"));

        write("16777216,16777471,CN\n");
        await().atMost(SOON).until(() -> geo.state().refused() != null);
        assertThat(country()).isEqualTo("AU");

        Files.delete(folder.resolve("geoip"));
        await().atMost(SOON).until(() -> geo.state().refused() == null);
        assertThat(country()).isEqualTo("AU");
    }

    @Test
    void a_database_takes_the_place_of_the_text_files_until_it_is_damaged() throws IOException {
        write("16777216,16777471,AU\n");
        geo = geo(
                folder.toString(),
                "sluice.gateway.geo.mmdb-file",
                folder.resolve("a.mmdb").toString());
        MmdbWriter database = new MmdbWriter().add("1.0.0.0/24", Map.of("country", Map.of("iso_code", "JP")));
        database.write(folder.resolve("a.mmdb"));
        geo.start(new StartupEvent());
        await().atMost(SOON).until(() -> country().equals("JP"));

        Files.write(folder.resolve("a.mmdb"), Arrays.copyOf(database.bytes(), 100));
        await().atMost(SOON).until(() -> geo.state().refused() != null);
        assertThat(country()).isEqualTo("JP");
    }

    @Test
    void without_files_every_country_is_unknown() {
        geo.start(new StartupEvent());
        await().atMost(SOON).until(() -> geo.state().readAt() != null);
        assertThat(country()).isEqualTo("??");
    }

    private String country() {
        return Countries.code(geo.table().country(Objects.requireNonNull(Ip.parse("1.0.0.7"))));
    }

    private void write(String content) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), content);
        Files.move(next, folder.resolve("geoip"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Geo geo(String folder, String... more) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < more.length; i += 2) {
            builder.withDefaultValue(more[i], more[i + 1]);
        }
        GeoConfig config = builder.withMapping(GeoConfig.class)
                .withDefaultValue("sluice.gateway.geo.v4-file", folder + "/geoip")
                .withDefaultValue("sluice.gateway.geo.v6-file", folder + "/geoip6")
                .withDefaultValue("sluice.gateway.geo.check-interval", "PT0.02S")
                .build()
                .getConfigMapping(GeoConfig.class);
        return new Geo(config, InstantSource.system(), new SimpleMeterRegistry());
    }
}
