package io.sluice.gateway.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Metadata;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of MaxMind's format (maxmind.github.io/MaxMind-DB), such as GeoLite2-Country, DB-IP's or IPinfo's countries, into the same
 * ranges as the text files. The whole tree is walked once, so that a file that is cut off or damaged is refused as a whole.
 */
@RegisterForReflection(targets = Metadata.class)
final class MmdbFile {
    private static final int DATA_CACHE = 1 << 16;
    private static final int FAMILY_BITS = 96;

    private MmdbFile() {}

    /** What a file has of both families. */
    record Content(Ranges v4, Ranges v6) {}

    /** @throws GeoFileRefused saying what is wrong */
    static Content read(Path file) {
        Ranges.Builder v4 = new Ranges.Builder(true);
        Ranges.Builder v6 = new Ranges.Builder(false);
        try (Reader reader = new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache(DATA_CACHE))) {
            @SuppressWarnings("rawtypes") // the decoder is asked for a class, and a map has none with parameters
            Networks<Map> networks = reader.networks(Map.class);
            while (networks.hasNext()) {
                add(networks.next(), v4, v6);
            }
        } catch (IOException | InvalidNetworkException | RuntimeException e) {
            throw new GeoFileRefused(file, "no whole MaxMind database: " + e.getMessage());
        }
        return new Content(v4.build(), v6.build());
    }

    @SuppressWarnings("rawtypes")
    private static void add(DatabaseRecord<Map> row, Ranges.Builder v4, Ranges.Builder v6) {
        Integer country = country(row.data());
        Ip first = ip(row.network().networkAddress());
        if (country != null) {
            int length = row.network().prefixLength() + (first.isV4() ? FAMILY_BITS : 0);
            (first.isV4() ? v4 : v6).add(first, new Cidr(first, length).last(), country);
        }
    }

    /** {@code country.iso_code} of MaxMind and DB-IP, {@code country} or {@code country_code} of IPinfo; null when there is none. */
    private static @Nullable Integer country(Map<?, ?> data) {
        for (String field : new String[] {"country", "country_code", "registered_country"}) {
            Object value = data.get(field);
            Object code = value instanceof Map<?, ?> nested ? nested.get("iso_code") : value;
            if (code instanceof String text && text.length() == 2) {
                return Countries.number(text);
            }
        }
        return null;
    }

    private static Ip ip(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == Integer.BYTES ? Ip.v4(bytes.getInt()) : new Ip(bytes.getLong(), bytes.getLong());
    }
}
