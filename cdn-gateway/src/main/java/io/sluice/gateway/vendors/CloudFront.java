package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import io.sluice.platform.aws.SigV4;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Amazon CloudFront: {@code POST /2020-05-31/distribution/{id}/invalidation}, then asked until it is {@code Completed}. One
 * invalidation at a time, of at most 1,000 paths or 15 wildcards, stays within its limits (3,000 and 15 in progress). It has no
 * soft purge. Source: CloudFront API Reference, CreateInvalidation; tags since 2026-04-29.
 */
final class CloudFront implements PurgeApi {
    private static final String VERSION = "/2020-05-31/distribution/";
    private static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    private static final int MAX_PATHS = 1000;
    private static final int MAX_WILDCARDS = 15;
    private static final Pattern ID = Pattern.compile("<Id>([^<]{1,64})</Id>");
    private static final Pattern STATUS = Pattern.compile("<Status>([^<]{1,64})</Status>");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,128})</Code>");
    private static final Set<String> PASSING = Set.of(
            "TooManyInvalidationsInProgress", "Throttling", "ThrottlingException", "RequestLimitExceeded", "SlowDown");

    private final String api;
    private final Credentials credentials;

    CloudFront(String api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    @Override
    public List<PurgeCall> calls(Cdn cdn, PurgeOperation operation, List<String> values, boolean soft) {
        return switch (operation) {
            case URL, TAG -> PurgeCall.batches(operation, values, false, MAX_PATHS);
            case PREFIX -> PurgeCall.batches(operation, values, false, MAX_WILDCARDS);
            case EVERYTHING -> PurgeCall.everything(false);
        };
    }

    @Override
    public Allowance allowance(Cdn cdn, PurgeCall call) {
        return new Allowance("cloudfront/" + cdn.vendor().setting("distribution"), 1, 1, 1);
    }

    @Override
    public VendorRequest request(Cdn cdn, PurgeCall call, String reference, Instant now) {
        List<String> items = items(cdn, call);
        String body = """
                <?xml version="1.0" encoding="UTF-8"?>
                <InvalidationBatch xmlns="%s"><CallerReference>%s</CallerReference>\
                <Paths><Items>%s</Items><Quantity>%d</Quantity></Paths></InvalidationBatch>""".formatted(
                NAMESPACE,
                escaped(reference),
                items.stream().map(item -> "<Path>" + escaped(item) + "</Path>").collect(Collectors.joining()),
                items.size());
        return signed(cdn, "POST", "", Map.of("Content-Type", "application/xml"), body, now);
    }

    @Override
    public VendorRequest progress(Cdn cdn, String reference, Instant now) {
        return signed(cdn, "GET", "/" + reference, Map.of(), "", now);
    }

    @Override
    public VendorOutcome outcome(VendorReply reply) {
        if (reply.succeeded()) {
            String id = first(ID, reply.body());
            return id == null
                    ? new VendorOutcome.Later(Optional.empty(), "no invalidation in the answer: " + reply.shortBody())
                    : new VendorOutcome.Accepted(id, !"Completed".equals(first(STATUS, reply.body())));
        }
        String code = first(CODE, reply.body());
        return code != null && PASSING.contains(code)
                ? new VendorOutcome.Later(reply.retryAfter(), code)
                : reply.failure();
    }

    @Override
    public boolean oneAtATime() {
        return true;
    }

    @Override
    public int billedPaths(PurgeCall call) {
        return Math.max(1, call.values().size());
    }

    private static List<String> items(Cdn cdn, PurgeCall call) {
        String base = Paths.basePath(cdn);
        return switch (call.operation()) {
            case URL -> call.values().stream().map(path -> base + path).toList();
            case PREFIX ->
                call.values().stream().map(prefix -> base + prefix + "*").toList();
            case TAG -> call.values().stream().map(tag -> "#" + tag).toList();
            case EVERYTHING -> List.of(base + "/*");
        };
    }

    private VendorRequest signed(
            Cdn cdn, String method, String behind, Map<String, String> headers, String body, Instant now) {
        URI address = URI.create(api + VERSION + cdn.vendor().setting("distribution") + "/invalidation" + behind);
        SigV4.Key key = credentials.awsKey(cdn.vendor()).orElseThrow(() -> Paths.noSecret(cdn));
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.putAll(new SigV4(key, "us-east-1", "cloudfront")
                .sign(method, address, headers, body.getBytes(StandardCharsets.UTF_8), now));
        return new VendorRequest(method, address, all, body);
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
