package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fastly: surrogate keys in batches of 256, single addresses, everything. A directory is purged by the tag that all below it
 * carry. Source: fastly.com/documentation/reference/api/purging. It states no limit for purges; we keep to 20 a second.
 */
final class Fastly implements PurgeApi {
    private static final int MAX_KEYS = 256;
    private static final double BURST = 100;
    private static final double PER_SECOND = 20;

    private final String api;
    private final Credentials credentials;

    Fastly(String api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    @Override
    public List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft) {
        return switch (operation) {
            case URL -> PurgeCall.batches(operation, values, soft, 1);
            case TAG -> PurgeCall.batches(operation, values, soft, MAX_KEYS);
            case PREFIX -> PurgeCall.batches(PurgeOperation.TAG, tags(cdn, values), soft, MAX_KEYS);
            case EVERYTHING -> PurgeCall.everything(false);
        };
    }

    @Override
    public Allowance allowance(Cdn cdn, PurgeCall call) {
        return new Allowance("fastly/" + cdn.vendor().credential(), BURST, PER_SECOND, 1);
    }

    @Override
    public VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Fastly-Key", credentials.token(cdn.vendor()).orElseThrow(() -> Paths.noSecret(cdn)));
        headers.put("Accept", "application/json");
        if (call.soft()) {
            headers.put("Fastly-Soft-Purge", "1");
        }
        String service = api + "/service/" + cdn.vendor().setting("service");
        return switch (call.operation()) {
            case URL ->
                new VendorRequest(
                        "POST",
                        URI.create(api + "/purge/" + Paths.hostAndPath(cdn)
                                + call.values().getFirst()),
                        headers,
                        "");
            case TAG -> {
                headers.put("Content-Type", "application/json");
                String keys = new JsonObject()
                        .put("surrogate_keys", new JsonArray(call.values()))
                        .encode();
                yield new VendorRequest("POST", URI.create(service + "/purge"), headers, keys);
            }
            case EVERYTHING -> new VendorRequest("POST", URI.create(service + "/purge_all"), headers, "");
            case PREFIX -> throw new IllegalStateException("directories are purged by tag");
        };
    }

    @Override
    public VendorOutcome outcome(VendorReply reply) {
        if (!reply.succeeded()) {
            return reply.failure();
        }
        try {
            JsonObject answer = new JsonObject(reply.body());
            String status = answer.getString("status", "ok");
            if (status.equals("ok")) {
                // A batch answers with a purge id for each key.
                return new VendorOutcome.Accepted(answer.getString("id"), false);
            }
        } catch (DecodeException | ClassCastException e) {
            // Not what it answers on success: said below.
        }
        return new VendorOutcome.Later(Optional.empty(), "not ok: " + reply.shortBody());
    }

    private static List<String> tags(Cdn cdn, List<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> Paths.tagOf(prefix)
                        .orElseThrow(() -> new Unpurgeable(
                                cdn.name(),
                                "Fastly purges directories by tag, and only /v/{collection}/ and /v/{collection}/{oid}/ "
                                        + "have one, " + prefix + " has none.")))
                .distinct()
                .toList();
    }
}
