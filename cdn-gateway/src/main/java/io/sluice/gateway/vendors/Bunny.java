package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Bunny: one address, directory or tag a call. Its limits are buckets of the account: 120 and 5 a second for addresses, 20 and
 * one each two seconds for the rest. It has no soft purge. Source: docs.bunny.net, CDN API, purge rate limits.
 */
final class Bunny implements PurgeApi {
    private final String api;
    private final Credentials credentials;

    Bunny(String api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    @Override
    public List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft) {
        return operation == PurgeOperation.EVERYTHING
                ? PurgeCall.everything(false)
                : PurgeCall.batches(operation, values, false, 1);
    }

    @Override
    public Allowance allowance(Cdn cdn, PurgeCall call) {
        String account = "bunny/" + cdn.vendor().credential();
        return call.operation() == PurgeOperation.URL
                ? new Allowance(account + "/exact", 120, 5, 1)
                : new Allowance(account + "/prefix", 20, 0.5, 1);
    }

    @Override
    public VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now) {
        Map<String, String> headers = Map.of(
                "AccessKey",
                credentials.token(cdn.vendor()).orElseThrow(() -> Paths.noSecret(cdn)),
                "Content-Type",
                "application/json");
        String zone = api + "/pullzone/" + cdn.vendor().setting("pull-zone") + "/purgeCache";
        return switch (call.operation()) {
            case URL ->
                new VendorRequest("POST", byAddress(cdn.url() + call.values().getFirst(), true), headers, "");
            case PREFIX ->
                new VendorRequest("POST", byAddress(cdn.url() + call.values().getFirst() + "*", false), headers, "");
            case TAG ->
                new VendorRequest(
                        "POST",
                        URI.create(zone),
                        headers,
                        new JsonObject()
                                .put("CacheTag", call.values().getFirst())
                                .encode());
            case EVERYTHING -> new VendorRequest("POST", URI.create(zone), headers, "");
        };
    }

    @Override
    public VendorOutcome outcome(VendorReply reply) {
        return reply.succeeded() ? new VendorOutcome.Accepted(null, false) : reply.failure();
    }

    private URI byAddress(String address, boolean exact) {
        return URI.create(api + "/purge?url=" + Paths.encoded(address) + "&async=false&exactPath=" + exact);
    }
}
