package io.sluice.gateway.geo;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind proxies: what a trusted peer appended last is believed, and what a trusted proxy before it appended;
 * the first address from the right that is not a trusted proxy is the client. Whatever an untrusted peer says is not read.
 */
final class TrustedProxies {
    private final List<Cidr> proxies;
    private final ClientHeader header;

    TrustedProxies(List<Cidr> proxies, ClientHeader header) {
        this.proxies = List.copyOf(proxies);
        this.header = header;
    }

    /** Whether it is one of them. */
    boolean trusts(Ip ip) {
        for (int i = 0; i < proxies.size(); i++) {
            if (proxies.get(i).contains(ip)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client's address.
     *
     * @param peer the other end of the connection
     * @param lines values of the header, in the order they came
     */
    Ip client(Ip peer, List<String> lines) {
        Ip client = peer;
        for (int line = lines.size() - 1; line >= 0; line--) {
            String value = lines.get(line);
            int end = value.length();
            while (end >= 0) {
                if (!trusts(client)) {
                    return client;
                }
                int start = value.lastIndexOf(',', end - 1) + 1;
                Ip named = named(value, start, end);
                if (named == null) {
                    return client;
                }
                client = named;
                end = start - 1;
            }
        }
        return client;
    }

    private @Nullable Ip named(String value, int start, int end) {
        int from = start;
        int to = end;
        if (header == ClientHeader.FORWARDED) {
            int at = value.substring(start, end).toLowerCase(Locale.ROOT).indexOf("for=");
            if (at < 0 || (at > 0 && " ;\t".indexOf(value.charAt(start + at - 1)) < 0)) {
                return null;
            }
            from = start + at + 4;
            int semicolon = value.indexOf(';', from);
            to = semicolon >= 0 && semicolon < end ? semicolon : end;
        }
        while (from < to && blank(value.charAt(from))) {
            from++;
        }
        while (to > from && blank(value.charAt(to - 1))) {
            to--;
        }
        return withoutPort(value, from, to);
    }

    /** A node of RFC 7239: {@code a.b.c.d}, {@code a.b.c.d:port}, {@code [v6]}, {@code [v6]:port}; also a bare IPv6 address. */
    private static @Nullable Ip withoutPort(String value, int from, int to) {
        int bracket = value.indexOf(']', from);
        if (bracket >= 0 && bracket < to) {
            return Ip.parse(value, from, bracket + 1);
        }
        int colon = value.indexOf(':', from);
        boolean port = colon >= 0 && colon < to && value.lastIndexOf(':', to - 1) == colon;
        return Ip.parse(value, from, port ? colon : to);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '"';
    }
}
