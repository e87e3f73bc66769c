package io.sluice.gateway.dns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.geo.Ip;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of PowerDNS's remote backend (doc.powerdns.com/authoritative/backends/remote.html), in either of its two forms over HTTP.
 *
 * @param method such as {@code lookup}
 * @param name what it is about, in lower case without the dot at the end; empty when it is about none
 * @param type of records that are asked for; {@code ANY} for all
 * @param client of the question: the network of ECS if there is one, else the resolver; null when there is none
 */
record DnsQuestion(
        String method, String name, String type, @Nullable Network client) {
    private static final String ANY = "ANY";
    private static final String REMOTE_HEADER = "X-RemoteBackend-real-remote";

    /**
     * A client's network.
     *
     * @param address with the bits behind the known ones cleared
     * @param bits known ones, of 32 or 128
     */
    record Network(Ip address, int bits) {
        /** Reads {@code 198.51.100.0/24}; null when it is none, or has no known bit. */
        static @Nullable Network parse(@Nullable String text) {
            if (text == null) {
                return null;
            }
            int slash = text.indexOf('/');
            Ip ip = slash < 0 ? null : Ip.parse(text, 0, slash);
            if (ip == null || text.length() > slash + 4) {
                return null;
            }
            int bits;
            try {
                bits = Integer.parseUnsignedInt(text, slash + 1, text.length(), 10);
            } catch (NumberFormatException e) {
                return null;
            }
            return bits < 1 || bits > (ip.isV4() ? 32 : 128) ? null : new Network(ip, bits);
        }
    }

    /**
     * Reads {@code /lookup/img%2ecdn%2etest%2e/ANY} and the like.
     *
     * @param path what follows the address of the backend
     * @param headers answers the value of a header; null for none
     * @throws IllegalArgumentException when it cannot be read
     */
    static DnsQuestion ofPath(String path, Function<String, @Nullable String> headers) {
        int mark = path.indexOf('?');
        String[] parts = (mark < 0 ? path : path.substring(0, mark)).split("/", -1);
        if (parts.length < 2 || !parts[0].isEmpty()) {
            throw new IllegalArgumentException("the path names no method");
        }
        return new DnsQuestion(
                parts[1],
                parts.length > 2 ? Zone.plain(decoded(parts[2])) : "",
                parts.length > 3 ? decoded(parts[3]) : ANY,
                Network.parse(headers.apply(REMOTE_HEADER)));
    }

    /**
     * Reads <code>{"method":"lookup","parameters":{..}}</code>.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    static DnsQuestion ofBody(byte[] body, ObjectMapper json) {
        JsonNode call;
        try {
            call = json.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is no JSON", e);
        }
        JsonNode parameters = call.path("parameters");
        if (!call.path("method").isTextual()) {
            throw new IllegalArgumentException("the body names no method");
        }
        JsonNode name = parameters.has("qname") ? parameters.path("qname") : parameters.path("name");
        return new DnsQuestion(
                call.path("method").asText(),
                Zone.plain(name.asText()),
                parameters.path("qtype").asText(ANY),
                Network.parse(parameters.path("real-remote").asText()));
    }

    /** Whether records of a type are asked for. */
    boolean wants(String other) {
        return type.equals(ANY) || type.equals(other);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
