package io.sluice.gateway.geo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text files of Debian's tor-geoipdb: rows {@code first,last,CC} in ascending order, IPv4 addresses as whole numbers,
 * IPv6 addresses as text, {@code #} before a remark; and our own file of overrides: rows {@code CIDR,CC}. A file that is cut
 * off or out of order is refused as a whole.
 */
final class GeoFiles {
    private static final int MAX_OVERRIDES = 256;

    private GeoFiles() {}

    /** A row, without remarks and empty lines. */
    private interface Row {
        void take(String row);
    }

    /** @throws GeoFileRefused naming the line, or what else is wrong */
    static Ranges v4(Path file) {
        Ranges.Builder builder = new Ranges.Builder(true);
        read(file, row -> {
            String[] parts = parts(row, 3);
            builder.add(number(parts[0]), number(parts[1]), Countries.number(parts[2]));
        });
        return builder.build();
    }

    /** @throws GeoFileRefused likewise */
    static Ranges v6(Path file) {
        Ranges.Builder builder = new Ranges.Builder(false);
        read(file, row -> {
            String[] parts = parts(row, 3);
            builder.add(address(parts[0]), address(parts[1]), Countries.number(parts[2]));
        });
        return builder.build();
    }

    /** @throws GeoFileRefused likewise */
    static List<GeoTable.Overriding> overrides(Path file) {
        List<GeoTable.Overriding> overrides = new ArrayList<>();
        read(file, row -> {
            String[] parts = parts(row, 2);
            overrides.add(new GeoTable.Overriding(Cidr.parse(parts[0].strip()), Countries.number(parts[1].strip())));
            if (overrides.size() > MAX_OVERRIDES) {
                throw new IllegalArgumentException("more than " + MAX_OVERRIDES + " overrides");
            }
        });
        return overrides;
    }

    private static void read(Path file, Row rows) {
        int number = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.US_ASCII))) {
            String line = reader.readLine();
            while (line != null) {
                number++;
                if (!line.isBlank() && line.charAt(0) != '#') {
                    rows.take(line);
                }
                line = reader.readLine();
            }
            if (!endsWithNewline(file)) {
                throw new GeoFileRefused(file, "line " + number + ": the file is cut off, its last line does not end");
            }
        } catch (IllegalArgumentException e) {
            throw new GeoFileRefused(file, "line " + number + ": " + e.getMessage());
        } catch (IOException e) {
            throw new GeoFileRefused(file, String.valueOf(e.getMessage()));
        }
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            if (access.length() == 0) {
                throw new GeoFileRefused(file, "the file is empty");
            }
            access.seek(access.length() - 1);
            return access.read() == '\n';
        }
    }

    private static String[] parts(String row, int expected) {
        String[] parts = row.split(",", -1);
        if (parts.length != expected) {
            throw new IllegalArgumentException("a row has " + expected + " fields, this one has " + parts.length);
        }
        return parts;
    }

    private static Ip number(String text) {
        long number = text.isEmpty() ? -1 : Long.parseLong(text);
        if (number < 0 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException("'" + text + "' is no IPv4 address as a whole number");
        }
        return Ip.v4((int) number);
    }

    private static Ip address(String text) {
        @Nullable Ip ip = Ip.parse(text);
        if (ip == null) {
            throw new IllegalArgumentException("'" + text + "' is no address");
        }
        return ip;
    }
}
