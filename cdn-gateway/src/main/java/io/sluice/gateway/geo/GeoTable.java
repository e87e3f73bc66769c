package io.sluice.gateway.geo;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** Which country an address belongs to, as of one moment. Immutable; looking up neither locks nor allocates. */
public final class GeoTable {
    /** Knows nothing. */
    public static final GeoTable EMPTY =
            new GeoTable(new Ranges.Builder(true).build(), new Ranges.Builder(false).build(), List.of());

    private final Ranges v4;
    private final Ranges v6;
    private final List<Overriding> overrides;

    /**
     * A prefix whose addresses count as of a country, whatever the ranges say.
     *
     * @param cidr the addresses
     * @param country as of {@link Countries}
     */
    record Overriding(Cidr cidr, int country) {}

    /** @param overrides in any order: of those that contain an address the longest prefix wins */
    GeoTable(Ranges v4, Ranges v6, List<Overriding> overrides) {
        this.v4 = v4;
        this.v6 = v6;
        this.overrides = overrides.stream()
                .sorted(Comparator.comparingInt(
                        (Overriding override) -> -override.cidr().length()))
                .toList();
    }

    /**
     * The ranges of IPv4 of a text file.
     *
     * @throws GeoFileRefused saying what is wrong with it
     */
    public static GeoTable of(Path v4File) {
        return new GeoTable(GeoFiles.v4(v4File), EMPTY.v6, List.of());
    }

    /** Country of an address, {@link Countries#UNKNOWN} when no range has it. */
    public int country(Ip ip) {
        for (int i = 0; i < overrides.size(); i++) {
            Overriding override = overrides.get(i);
            if (override.cidr().contains(ip)) {
                return override.country();
            }
        }
        return ip.isV4() ? v4.ofV4(ip.v4()) : v6.ofV6(ip.high(), ip.low());
    }

    /**
     * The length of the shortest prefix around an address whose addresses are all of countries that {@code same} holds for.
     *
     * @param length of 128, the longest prefix that is asked about; it is the answer when not even that one is of one kind
     */
    public int widest(Ip ip, int length, IntPredicate same) {
        int floor = ip.isV4() ? Cidr.MAPPED_BITS : 0;
        int shortest = length;
        if (uniform(new Cidr(ip.prefix(length), length), same)) {
            while (shortest > floor && uniform(new Cidr(ip.prefix(shortest).sibling(shortest), shortest), same)) {
                shortest--;
            }
        }
        return shortest;
    }

    /** Whether all addresses of a prefix are of countries that {@code same} holds for; a doubt is a no. */
    private boolean uniform(Cidr block, IntPredicate same) {
        for (Overriding override : overrides) {
            if (override.cidr().length() > block.length()) {
                if (block.contains(override.cidr().first()) && !same.test(override.country())) {
                    return false;
                }
            } else if (override.cidr().contains(block.first())) {
                return same.test(override.country());
            }
        }
        return (block.first().isV4() ? v4 : v6).all(block.first(), block.last(), same);
    }

    /** Rows of the IPv4 file. */
    int v4Rows() {
        return v4.rows();
    }

    /** Rows of the IPv6 file. */
    int v6Rows() {
        return v6.rows();
    }

    /** Rows of the file of overrides. */
    int overrideRows() {
        return overrides.size();
    }

    Ranges v4() {
        return v4;
    }

    Ranges v6() {
        return v6;
    }
}
