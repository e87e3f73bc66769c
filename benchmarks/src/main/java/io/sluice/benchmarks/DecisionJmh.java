package io.sluice.benchmarks;

import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.catalogue.SourceTable;
import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.geo.GeoTable;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.outcomes.DecisionIds;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.signing.SigningConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A decision and its parts, of the classes that cdn-gateway runs. JMH needs it public and calls each method on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class DecisionJmh {
    private static final int SOURCES = 100_000;
    private static final int MIX = 1 << 14;

    /** Text file of ranges. */
    @Param("")
    public String ranges = "";

    private GeoTable geo;
    private RoutingTable routes;
    private SourceTable catalogue;
    private DecisionIds ids;
    private String[] clients;
    private Ip[] addresses;
    private String[] names;
    private int[] countries;
    private SourceFacts[] facts;
    private int next;

    /** Clients all over IPv4, sources by Zipf's law, three CDNs in two markets. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        geo = GeoTable.of(Path.of(ranges));
        routes = routes();
        ids = new DecisionIds(new OneKey(), InstantSource.system());
        catalogue = new SourceTable(SOURCES);
        for (int i = 0; i < SOURCES; i++) {
            catalogue.put(name(i), facts(i));
        }
        clients = new String[MIX];
        addresses = new Ip[MIX];
        names = new String[MIX];
        countries = new int[MIX];
        facts = new SourceFacts[MIX];
        for (int i = 0; i < MIX; i++) {
            int source = (int) Math.min(SOURCES - 1, Math.pow(SOURCES, random.nextDouble()));
            clients[i] = random.nextInt(1, 224) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                    + random.nextInt(256);
            addresses[i] = parsed(clients[i]);
            names[i] = new String(name(source));
            countries[i] = geo.country(addresses[i]);
            facts[i] = facts(source);
        }
    }

    /** Client, country, market, source, CDN and the address there. */
    @Benchmark
    public Object decision() {
        int at = next++ & (MIX - 1);
        Ip client = parsed(clients[at]);
        Snapshot market = routes.of(geo.country(client));
        SourceFacts source = catalogue.get(names[at]);
        if (source == null) {
            throw new IllegalStateException("every source is in the catalogue");
        }
        int cdn = market.choose(source.hash(), client.high() ^ client.low());
        return market.candidate(cdn).url().concat(names[at]);
    }

    /** The address of a client from text. */
    @Benchmark
    public Object client() {
        return parsed(clients[next++ & (MIX - 1)]);
    }

    /** The country of an address. */
    @Benchmark
    public int country() {
        return geo.country(addresses[next++ & (MIX - 1)]);
    }

    /** The CDN of a source for a client in a country. */
    @Benchmark
    public int cdn() {
        int at = next++ & (MIX - 1);
        return routes.of(countries[at]).choose(facts[at].hash(), addresses[at].low());
    }

    /** The signed id of a decision, which a redirect carries while votes are taken. */
    @Benchmark
    public Object id() {
        int at = next++ & (MIX - 1);
        return ids.issue(routes.standard(), at % 3, addresses[at], facts[at].hash());
    }

    /** A name in the catalogue. */
    @Benchmark
    public long source() {
        SourceFacts source = catalogue.get(names[next++ & (MIX - 1)]);
        return source == null ? 0 : source.hash();
    }

    private record OneKey(String active, Map<String, String> keys) implements SigningConfig {
        OneKey() {
            this("k1", Map.of("k1", "MDEyMzQ1Njc4OWFiY2RlZg=="));
        }
    }

    private static RoutingTable routes() {
        List<Candidate> cdns = List.of(
                new Candidate("cloudfront", "https://d111111abcdef8.cloudfront.net", 50, CdnStatus.UP),
                new Candidate("fastly", "https://img.global.ssl.fastly.net", 30, CdnStatus.UP),
                new Candidate("bunny", "https://img.b-cdn.net", 20, CdnStatus.UP));
        byte[] marketOf = new byte[Countries.SIZE];
        for (String country : List.of("DE", "AT", "CH", "FR", "GB")) {
            marketOf[Countries.number(country)] = 1;
        }
        return new RoutingTable(
                List.of(Snapshot.of(1, cdns, AllDown.ANSWERING), Snapshot.of(1, cdns.subList(0, 2), AllDown.ANSWERING)),
                marketOf);
    }

    private static String name(int source) {
        return "photos/album-" + source % 100 + "/picture-" + source + ".jpg";
    }

    private static SourceFacts facts(int source) {
        String oid = String.format("%064x", Hash64.mix(source));
        return new SourceFacts(source, "photos", oid, 3000, 2000, false, Hash64.of("/v/photos/" + oid));
    }

    private static Ip parsed(String text) {
        Ip ip = Ip.parse(text);
        if (ip == null) {
            throw new IllegalStateException(text + " is an address");
        }
        return ip;
    }
}
