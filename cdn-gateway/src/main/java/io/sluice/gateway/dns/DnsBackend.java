package io.sluice.gateway.dns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.gateway.dns.DnsQuestion.Network;
import io.sluice.gateway.geo.Cidr;
import io.sluice.gateway.geo.Geo;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.routing.Routes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The remote backend of a PowerDNS authoritative server: SOA and NS of the zones, and for each name the CDN of the client's market.
 * It reads memory only and may run on an event loop.
 */
@Singleton
public class DnsBackend {
    private static final int SOA_TTL = 3600;
    private static final int PANIC_TTL = 2;
    private static final Network NOBODY = new Network(Ip.v4(0), 1);

    private final Routes routes;
    private final Geo geo;
    private final ObjectMapper json;
    private final Map<String, String> targets;
    private final List<Cidr> allowed;
    private final List<Zone> zones;
    private final int ttl;

    DnsBackend(Routes routes, Geo geo, ObjectMapper json, DnsConfig config) {
        this.routes = routes;
        this.geo = geo;
        this.json = json;
        this.targets = config.targets();
        this.allowed = config.allow().stream().map(Cidr::parse).toList();
        this.ttl = Math.toIntExact(config.ttl().toSeconds());
        List<Zone> known = new ArrayList<>();
        new TreeMap<>(config.zones()).forEach((key, zone) -> known.add(Zone.of(known.size() + 1, key, zone)));
        this.zones = List.copyOf(known);
    }

    /** Whether there is any zone. */
    public boolean hasZones() {
        return !zones.isEmpty();
    }

    /** Whether a peer may ask. */
    public boolean allows(Ip peer) {
        return allowed.stream().anyMatch(cidr -> cidr.contains(peer));
    }

    /**
     * Answers a call in the form of a GET.
     *
     * @param path behind the address of the backend, undecoded
     * @param headers answers the value of a header; null for none
     * @throws IllegalArgumentException when it cannot be read
     */
    public DnsReply answer(String path, Function<String, @Nullable String> headers) {
        return answer(DnsQuestion.ofPath(path, headers));
    }

    /** Answers a call in the form of a POST of JSON, likewise. */
    public DnsReply answer(byte[] body) {
        return answer(DnsQuestion.ofBody(body, json));
    }

    private DnsReply answer(DnsQuestion question) {
        return switch (question.method()) {
            case "lookup" -> lookUp(question);
            case "getAllDomains" -> known(domains());
            case "getDomainInfo" ->
                zones.stream()
                        .filter(zone -> zone.isApex(question.name()))
                        .findFirst()
                        .map(zone -> known(domain(zone)))
                        .orElseGet(this::nothing);
            case "getAllDomainMetadata" -> known(json.createObjectNode());
            case "getDomainMetadata" -> known(json.createArrayNode());
            // Transfers, keys and changes: there are none.
            default -> nothing();
        };
    }

    private DnsReply lookUp(DnsQuestion question) {
        String name = question.name();
        for (Zone zone : zones) {
            if (zone.isApex(name)) {
                return apex(zone, question);
            }
            if (zone.leads(name)) {
                return leading(zone, question);
            }
        }
        return nothing();
    }

    private DnsReply apex(Zone zone, DnsQuestion question) {
        ArrayNode records = json.createArrayNode();
        if (question.wants("SOA")) {
            String content =
                    zone.nameServers().getFirst() + ". hostmaster." + zone.name() + ". 1 7200 3600 1209600 " + ttl;
            records.add(record(zone, zone.name(), new Target("SOA", content), SOA_TTL));
        }
        if (question.wants("NS")) {
            zone.nameServers()
                    .forEach(server -> records.add(record(zone, zone.name(), new Target("NS", server + "."), SOA_TTL)));
        }
        return records.isEmpty() ? nothing() : known(records);
    }

    private DnsReply leading(Zone zone, DnsQuestion question) {
        Network client = question.client() == null ? NOBODY : question.client();
        NameDecision decision = NameDecision.of(
                question.name(),
                zone.choice(),
                client.address(),
                client.bits(),
                routes.current(),
                geo.table(),
                cdn -> Target.of(cdn, targets));
        Target target = decision.target();
        if (target == null) {
            return new DnsReply.NoCdn();
        }
        if (!question.wants(target.type())) {
            return nothing();
        }
        ObjectNode record = record(zone, question.name(), target, decision.panic() ? PANIC_TTL : ttl);
        return known(json.createArrayNode().add(record.put("scopeMask", decision.scope())));
    }

    private ObjectNode record(Zone zone, String name, Target target, int seconds) {
        return json.createObjectNode()
                .put("qtype", target.type())
                .put("qname", name + ".")
                .put("content", target.content())
                .put("ttl", seconds)
                .put("domain_id", zone.id())
                .put("auth", 1);
    }

    private ArrayNode domains() {
        ArrayNode domains = json.createArrayNode();
        zones.forEach(zone -> domains.add(domain(zone)));
        return domains;
    }

    private ObjectNode domain(Zone zone) {
        ObjectNode domain = json.createObjectNode()
                .put("id", zone.id())
                .put("zone", zone.name() + ".")
                .put("kind", "native")
                .put("serial", 1)
                .put("notified_serial", 1)
                .put("last_check", 0);
        domain.putArray("masters");
        return domain;
    }

    private DnsReply known(JsonNode result) {
        return new DnsReply.Known(body(result));
    }

    private DnsReply nothing() {
        return new DnsReply.Nothing(body(json.getNodeFactory().booleanNode(false)));
    }

    private String body(JsonNode result) {
        try {
            return json.writeValueAsString(json.createObjectNode().set("result", result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
