package io.sluice.gateway.vendors;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.Credentials;
import io.sluice.gateway.signing.SigningConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The vendors' APIs, and the one client that calls them. */
@Singleton
public class Vendors {
    private final VendorsConfig config;
    private final WebClient client;
    private final Cloudflare cloudflare;
    private final CloudFront cloudFront;
    private final Fastly fastly;
    private final Bunny bunny;
    private final OwnCache ownCache;

    Vendors(VendorsConfig config, Credentials credentials, SigningConfig signing, Vertx vertx) {
        this.config = config;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) config.timeout().toMillis())
                        .setFollowRedirects(false)
                        .setUserAgent("sluice"));
        this.cloudflare = new Cloudflare(config.cloudflare(), credentials);
        this.cloudFront = new CloudFront(config.cloudfront(), credentials);
        this.fastly = new Fastly(config.fastly(), credentials);
        this.bunny = new Bunny(config.bunny(), credentials);
        this.ownCache = new OwnCache(credentials, SigningConfig.signer(signing)::sign);
    }

    /** The API that purges a CDN. */
    public PurgeApi of(Cdn cdn) {
        return switch (cdn.vendor().kind()) {
            case CLOUDFLARE -> cloudflare;
            case CLOUDFRONT -> cloudFront;
            case FASTLY -> fastly;
            case BUNNY -> bunny;
            case HTTP -> ownCache;
        };
    }

    /** Sends a request. Any status is an item; no answer in time is a failure. */
    public Uni<VendorReply> send(VendorRequest request) {
        return Uni.createFrom().emitter(emitter -> {
            var sending = client.requestAbs(
                            HttpMethod.valueOf(request.method()),
                            request.address().toString())
                    .timeout(config.timeout().toMillis());
            request.headers().forEach(sending::putHeader);
            var sent = request.body().isEmpty() ? sending.send() : sending.sendBuffer(Buffer.buffer(request.body()));
            sent.onSuccess(response -> emitter.complete(reply(response))).onFailure(emitter::fail);
        });
    }

    /** Asks for the headers of what a CDN serves at a path, without a signature: a miss is refused by the origin and warms nothing. */
    public Uni<VendorReply> head(Cdn cdn, String path) {
        return send(new VendorRequest("HEAD", URI.create(cdn.url() + path), Map.of(), ""));
    }

    private static VendorReply reply(HttpResponse<Buffer> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        String body = response.bodyAsString("UTF-8");
        return new VendorReply(response.statusCode(), headers, body == null ? "" : body);
    }
}
