package io.sluice.gateway.geo;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The table of countries in use. A thread of its own looks at the files and reads those that changed; the new table takes the
 * place of the old one by one volatile write. A file that is refused changes nothing, nor does one that has gone.
 */
@Singleton
public class Geo {
    private static final Logger LOG = Logger.getLogger(Geo.class);

    private final GeoConfig config;
    private final InstantSource clock;
    private final TrustedProxies proxies;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("geo-reader").unstarted(task));
    private volatile GeoTable table = GeoTable.EMPTY;
    private volatile GeoState state = new GeoState(0, 0, 0, null, null);
    private List<String> seen = List.of();

    Geo(GeoConfig config, InstantSource clock, MeterRegistry meters) {
        this.config = config;
        this.clock = clock;
        this.proxies = new TrustedProxies(
                config.trustedProxies().orElse(List.of()).stream()
                        .map(Cidr::parse)
                        .toList(),
                config.clientHeader());
        Gauge.builder("sluice.gateway.geo.rows", this, geo -> geo.table.v4Rows() + geo.table.v6Rows())
                .description("ranges of addresses in use; 0: every client is in the default market")
                .register(meters);
        Gauge.builder("sluice.gateway.geo.refused", this, geo -> geo.state.refused() == null ? 0 : 1)
                .description("1 while a changed file is refused and the old table is used")
                .register(meters);
    }

    /** The table in use. */
    public GeoTable table() {
        return table;
    }

    /** Whether any peer is believed when it names the client. */
    public boolean trusts(Ip peer) {
        return proxies.trusts(peer);
    }

    /** The client behind {@code peer}, by the lines of {@link #header()}. */
    public Ip client(Ip peer, List<String> lines) {
        return proxies.client(peer, lines);
    }

    /** The header in which a trusted proxy names the client. */
    public String header() {
        return config.clientHeader().header();
    }

    GeoState state() {
        return state;
    }

    void start(@Observes @Priority(50) StartupEvent event) {
        long pause = Math.max(1, config.checkInterval().toMillis());
        var _ = reader.scheduleWithFixedDelay(this::check, 0, pause, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        reader.shutdown();
    }

    /** Reads the files again when one of them has changed. */
    private void check() {
        try {
            List<String> stamps = stamps();
            if (!stamps.equals(seen)) {
                seen = stamps;
                read();
            }
        } catch (GeoFileRefused e) {
            LOG.errorf("%s; the table in use stays", e.getMessage());
            state = state.refusing(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "the files of countries could not be read; the table in use stays");
            state = state.refusing(String.valueOf(e.getMessage()));
        }
    }

    private void read() {
        GeoTable last = table;
        MmdbFile.Content ranges = config.mmdbFile().isPresent()
                ? config.mmdbFile()
                        .filter(Geo::exists)
                        .map(MmdbFile::read)
                        .orElse(new MmdbFile.Content(last.v4(), last.v6()))
                : texts(last);
        GeoTable next = new GeoTable(
                ranges.v4(),
                ranges.v6(),
                config.overridesFile()
                        .filter(Geo::exists)
                        .map(GeoFiles::overrides)
                        .orElse(List.of()));
        refuseHalf(config.mmdbFile().orElse(config.v4File()), last.v4Rows(), next.v4Rows());
        refuseHalf(config.mmdbFile().orElse(config.v6File()), last.v6Rows(), next.v6Rows());
        table = next;
        Instant now = clock.instant();
        state = new GeoState(next.v4Rows(), next.v6Rows(), next.overrideRows(), now, null);
        LOG.infof(
                "countries of %d IPv4 ranges, %d IPv6 ranges, %d overrides",
                next.v4Rows(), next.v6Rows(), next.overrideRows());
    }

    private MmdbFile.Content texts(GeoTable last) {
        return new MmdbFile.Content(
                exists(config.v4File()) ? GeoFiles.v4(config.v4File()) : last.v4(),
                exists(config.v6File()) ? GeoFiles.v6(config.v6File()) : last.v6());
    }

    /** A file that was cut off between two lines looks whole, but has lost rows. */
    private static void refuseHalf(Path file, int before, int after) {
        if (after < before / 2) {
            throw new GeoFileRefused(
                    file,
                    after + " rows where " + before + " are in use: it looks cut off; restart to take it all the same");
        }
    }

    private List<String> stamps() throws IOException {
        List<String> stamps = new ArrayList<>();
        stamps.add(stamp(config.mmdbFile().orElse(config.v4File())));
        stamps.add(stamp(config.mmdbFile().orElse(config.v6File())));
        stamps.add(stamp(config.overridesFile().orElse(null)));
        return stamps;
    }

    private static String stamp(@Nullable Path file) throws IOException {
        return file == null || !exists(file) ? "absent" : Files.getLastModifiedTime(file) + "/" + Files.size(file);
    }

    private static boolean exists(Path file) {
        return Files.isRegularFile(file);
    }
}
