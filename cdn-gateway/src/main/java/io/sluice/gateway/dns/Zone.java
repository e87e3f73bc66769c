package io.sluice.gateway.dns;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A zone with names that lead to CDNs. Names are in lower case without the dot at the end.
 *
 * @param id number of the zone, from 1
 * @param name such as {@code cdn.example.org}
 * @param labels below it; {@code *} stands for every one
 * @param nameServers the primary first; outside the zone, which has no addresses for them
 */
record Zone(int id, String name, Set<String> labels, List<String> nameServers, NameChoice choice) {
    static final String ANY_LABEL = "*";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final int MAX_NAME = 253;

    Zone {
        require(validName(name), "zone must be a name such as cdn.example.org, was '" + name + "'");
        for (String label : labels) {
            require(
                    label.equals(ANY_LABEL) || LABEL.matcher(label).matches(),
                    "names must be single labels such as img, or *, was '" + label + "'");
        }
        require(!nameServers.isEmpty(), "name-servers must have at least one");
        for (String server : nameServers) {
            require(validName(server), "name-servers must be names such as ns1.example.org, was '" + server + "'");
            require(
                    !below(server, name),
                    "name-servers must be outside " + name + ", which has no address for them, was '" + server + "'");
        }
        labels = Set.copyOf(labels);
        nameServers = List.copyOf(nameServers);
    }

    /** @throws IllegalArgumentException saying which key of the configuration is wrong */
    static Zone of(int id, String key, DnsConfig.ZoneConfig config) {
        try {
            return new Zone(
                    id,
                    plain(config.zone()),
                    Set.copyOf(
                            config.names().stream().map(Zone::plain).distinct().toList()),
                    config.nameServers().stream().map(Zone::plain).toList(),
                    config.choice());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sluice.gateway.dns.zones." + key + "." + e.getMessage(), e);
        }
    }

    /** Lower case, without the dot at the end. */
    static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean validName(String name) {
        return name.length() <= MAX_NAME
                && !name.isEmpty()
                && List.of(name.split("\\.", -1)).stream()
                        .allMatch(label -> LABEL.matcher(label).matches());
    }

    /** Whether this is the zone's own name. */
    boolean isApex(String other) {
        return name.equals(other);
    }

    /** Whether a name leads to a CDN. */
    boolean leads(String other) {
        String label = label(other);
        return label != null && (labels.contains(label) || labels.contains(ANY_LABEL));
    }

    private @Nullable String label(String other) {
        int length = other.length() - name.length() - 1;
        boolean direct = length > 0 && below(other, name) && other.lastIndexOf('.', length - 1) < 0;
        String label = direct ? other.substring(0, length) : null;
        return label != null && LABEL.matcher(label).matches() ? label : null;
    }

    private static boolean below(String other, String zone) {
        return other.equals(zone) || other.endsWith("." + zone);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
