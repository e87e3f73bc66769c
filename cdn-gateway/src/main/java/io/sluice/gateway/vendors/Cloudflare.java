package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Cloudflare: {@code POST /zones/{zone}/purge_cache} removes, {@code /invalidate_cache} marks stale. Source:
 * developers.cloudflare.com/cache/how-to/purge-cache, limits as of 2026-07-29.
 */
final class Cloudflare implements PurgeApi {
    private static final int MAX_PREFIXES = 30;
    private static final int MAX_TAGS = 100;

    private final String api;
    private final Credentials credentials;

    Cloudflare(String api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    /**
     * @param requests burst of requests other than by address
     * @param perSecond how many of them come back each second
     * @param urls addresses each second
     * @param batch addresses in a request
     */
    private record Plan(double requests, double perSecond, double urls, int batch) {
        static Plan of(Cdn cdn) {
            return switch (cdn.vendor().setting("plan", "free")) {
                case "pro" -> new Plan(25, 5, 1500, 100);
                case "business" -> new Plan(50, 10, 1500, 100);
                case "enterprise" -> new Plan(500, 50, 3000, 500);
                default -> new Plan(25, 5 / 60.0, 800, 100);
            };
        }
    }

    @Override
    public List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft) {
        return switch (operation) {
            case URL -> PurgeCall.batches(operation, values, soft, Plan.of(cdn).batch());
            case PREFIX -> PurgeCall.batches(operation, values, soft, MAX_PREFIXES);
            case TAG -> PurgeCall.batches(operation, values, soft, MAX_TAGS);
            case EVERYTHING -> PurgeCall.everything(soft);
        };
    }

    @Override
    public Allowance allowance(Cdn cdn, PurgeCall call) {
        Plan plan = Plan.of(cdn);
        String account = "cloudflare/" + cdn.vendor().credential();
        return call.operation() == PurgeOperation.URL
                ? new Allowance(
                        account + "/urls",
                        plan.urls(),
                        plan.urls(),
                        call.values().size())
                : new Allowance(account + "/requests", plan.requests(), plan.perSecond(), 1);
    }

    @Override
    public VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now) {
        String zone = cdn.vendor().setting("zone");
        String token = credentials.token(cdn.vendor()).orElseThrow(() -> Paths.noSecret(cdn));
        return new VendorRequest(
                "POST",
                URI.create(api + "/zones/" + zone + (call.soft() ? "/invalidate_cache" : "/purge_cache")),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                body(cdn, call).encode());
    }

    /** Failure travels as status 200 with {@code success: false}, too. */
    @Override
    public VendorOutcome outcome(VendorReply reply) {
        if (!reply.succeeded()) {
            return reply.failure();
        }
        try {
            JsonObject answer = new JsonObject(reply.body());
            if (Boolean.TRUE.equals(answer.getBoolean("success"))) {
                JsonObject result = answer.getJsonObject("result");
                return new VendorOutcome.Accepted(result == null ? null : result.getString("id"), false);
            }
        } catch (DecodeException | ClassCastException e) {
            // Not what it answers on success: said below.
        }
        return new VendorOutcome.Later(reply.retryAfter(), "status 200 without success: " + reply.shortBody());
    }

    private static JsonObject body(Cdn cdn, PurgeCall call) {
        return switch (call.operation()) {
            case URL ->
                new JsonObject()
                        .put(
                                "files",
                                array(call.values().stream()
                                        .map(path -> cdn.url() + path)
                                        .toList()));
            case PREFIX ->
                new JsonObject()
                        .put(
                                "prefixes",
                                array(call.values().stream()
                                        .map(prefix -> Paths.withoutEndingSlash(Paths.hostAndPath(cdn) + prefix))
                                        .toList()));
            case TAG -> new JsonObject().put("tags", array(call.values()));
            case EVERYTHING -> new JsonObject().put("purge_everything", true);
        };
    }

    private static JsonArray array(List<String> values) {
        return new JsonArray(values);
    }
}
