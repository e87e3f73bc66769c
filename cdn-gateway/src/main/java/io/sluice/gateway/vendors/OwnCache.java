package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * nginx or Varnish, set up as the edge rules render them. The header {@code Sluice-Purge} carries the secret where a credential
 * is named. None of the three ways is soft.
 */
final class OwnCache implements PurgeApi {
    /** Header with the secret. */
    static final String SECRET = "Sluice-Purge";

    private static final double PER_SECOND = 50;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final Credentials credentials;
    private final UnaryOperator<String> signer;

    /** @param signer adds the signature to a path, so that a refetch passes at the origin */
    OwnCache(Credentials credentials, UnaryOperator<String> signer) {
        this.credentials = credentials;
        this.signer = signer;
    }

    @Override
    public List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft) {
        String way = way(cdn);
        if (way.equals("none")) {
            throw new Unpurgeable(cdn.name(), "its setting purge is none; set it to method, ban or refetch.");
        }
        if (operation != PurgeOperation.URL && !way.equals("ban")) {
            throw new Unpurgeable(
                    cdn.name(),
                    "purge=" + way + " takes single urls, not " + operation + "; purge=ban (Varnish) does.");
        }
        return operation == PurgeOperation.EVERYTHING
                ? PurgeCall.everything(false)
                : PurgeCall.batches(operation, values, false, 1);
    }

    @Override
    public Allowance allowance(Cdn cdn, PurgeCall call) {
        return new Allowance("http/" + cdn.name(), PER_SECOND, PER_SECOND, 1);
    }

    @Override
    public VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now) {
        Map<String, String> headers = new HashMap<>();
        credentials.token(cdn.vendor()).ifPresent(token -> headers.put(SECRET, token));
        if (way(cdn).equals("ban")) {
            switch (call.operation()) {
                case URL ->
                    headers.put("Sluice-Ban-Path", "^" + quoted(call.values().getFirst()) + "$");
                case PREFIX ->
                    headers.put("Sluice-Ban-Path", "^" + quoted(call.values().getFirst()));
                case TAG ->
                    headers.put(
                            "Sluice-Ban-Tag", "(^|,) *" + quoted(call.values().getFirst()) + " *(,|$)");
                case EVERYTHING -> headers.put("Sluice-Ban-Path", ".");
            }
            return new VendorRequest("BAN", URI.create(cdn.url() + "/"), headers, "");
        }
        String path = call.values().getFirst();
        return way(cdn).equals("refetch")
                ? new VendorRequest("GET", URI.create(cdn.url() + signer.apply(path)), headers, "")
                : new VendorRequest("PURGE", URI.create(cdn.url() + path), headers, "");
    }

    @Override
    public VendorOutcome outcome(VendorReply reply) {
        String cacheStatus = reply.headers().getOrDefault("cache-status", "").toLowerCase(Locale.ROOT);
        if (cacheStatus.contains("; hit")) {
            return new VendorOutcome.Refused(
                    "it answered from its cache: it does not know the secret, or has not the rendered edge rules");
        }
        if (reply.succeeded() || reply.status() == NOT_FOUND || reply.status() == GONE) {
            return new VendorOutcome.Accepted(null, false);
        }
        return reply.failure();
    }

    private static String way(Cdn cdn) {
        return cdn.vendor().setting("purge", "none");
    }

    /** A regular expression of this text only. */
    private static String quoted(String text) {
        return text.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0");
    }
}
