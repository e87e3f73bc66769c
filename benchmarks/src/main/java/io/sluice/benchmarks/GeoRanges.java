package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The countries of Debian's package tor-geoipdb, for nginx as for us. */
final class GeoRanges {
    /** Rows {@code first,last,CC}, addresses as whole numbers. */
    static final Path FILE = Path.of("/usr/share/tor/geoip");

    private GeoRanges() {}

    /** How many ranges there are. */
    static long rows() {
        return lines().size();
    }

    /** Directives that find the country of a client, and one of two CDNs by path, as the gateway does. */
    static String nginx(Path folder, int edgeA, int edgeB) {
        Path include = folder.resolve("geo-ranges.conf");
        try {
            Files.write(include, lines().stream().map(GeoRanges::range).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String halves = "{ 50%% http://127.0.0.1:%d; * http://127.0.0.1:%d; }".formatted(edgeA, edgeB);
        return """
                geo $http_x_forwarded_for $country { ranges; default ZZ; include %s; }
                split_clients "$uri" $standard %s
                split_clients "$uri" $german %s
                map $country $cdn { default $standard; DE $german; }
                """.formatted(include, halves, halves);
    }

    private static String range(String row) {
        String[] parts = row.split(",");
        String country = parts[2].equals("??") ? "ZZ" : parts[2];
        return address(Long.parseLong(parts[0])) + "-" + address(Long.parseLong(parts[1])) + " " + country + ";";
    }

    private static String address(long number) {
        return (number >> 24) + "." + ((number >> 16) & 255) + "." + ((number >> 8) & 255) + "." + (number & 255);
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw new CannotMeasure(
                    "The ranges of countries are not installed: install Debian's package tor-geoipdb.", e);
        }
    }
}
