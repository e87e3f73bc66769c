package io.sluice.image.origin;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.StoreFailed;
import io.sluice.image.transfer.FileDigest;
import io.sluice.image.transfer.Reply;
import io.sluice.image.transfer.Transfer;
import io.sluice.image.transfer.TransferFailed;
import io.sluice.image.upload.Intake;
import io.sluice.image.upload.UploadRefused;
import io.sluice.platform.clock.NanoClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Fetches a URL to a temporary file of the store, redirects followed. Each hop is admitted by a rule, its host resolved once, and
 * the connection made to the very address that was checked, so that neither a redirect nor a name that changes its address leads
 * into a network that is not meant. Bounded in bytes and time. Blocking.
 */
@ApplicationScoped
class GuardedDownload {
    private static final int MOST_REDIRECTS = 5;

    private final Transfer transfer;
    private final Resolver resolver;
    private final BlobFiles files;
    private final Intake intake;
    private final NanoClock clock;
    private final Duration timeout;

    GuardedDownload(
            Vertx vertx, Resolver resolver, BlobFiles files, Intake intake, NanoClock clock, OriginsConfig config) {
        this.transfer = new Transfer(vertx, config.fetches());
        this.resolver = resolver;
        this.files = files;
        this.intake = intake;
        this.clock = clock;
        this.timeout = config.timeout();
    }

    /** Which URLs may be asked. */
    interface Rule {
        /**
         * Admits a hop.
         *
         * @return whether its host may be in a private network
         * @throws OriginRefused when it may not be asked at all
         */
        boolean allowsPrivate(FetchUrl url);
    }

    /**
     * What was fetched.
     *
     * @param file temporary, whole; the caller's to remove
     * @param oid SHA-256 of its bytes
     */
    record Fetched(Path file, String oid) {}

    /** @param headers for the first hop and others of the same scheme, host and port */
    Fetched fetch(FetchUrl start, Map<String, String> headers, Rule rule) {
        long end = clock.nanos() + timeout.toNanos();
        FetchUrl url = start;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Path target = temporary();
            Reply reply = ask(url, url.sameOrigin(start) ? headers : Map.of(), rule, target, end);
            String location = reply.headers().get("Location");
            if (reply.status() == 200) {
                return new Fetched(target, digest(target));
            }
            files.discard(target);
            if (reply.status() / 100 != 3 || location == null) {
                throw failure(url, reply);
            }
            url = next(url, location);
        }
        throw new OriginRefused("It redirects more than " + MOST_REDIRECTS + " times.");
    }

    private Reply ask(FetchUrl url, Map<String, String> headers, Rule rule, Path target, long end) {
        InetAddress address = checked(url, rule.allowsPrivate(url));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(url.tls())
                .setHost(url.host())
                .setPort(url.port())
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setURI(url.target())
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "sluice");
        headers.forEach(options::putHeader);
        try {
            return transfer.download(options, target, intake.maxBytes(), Duration.ofNanos(end - clock.nanos()));
        } catch (TransferFailed e) {
            throw switch (e.reason()) {
                case CONNECTION -> OriginFailed.answered(url.shown(), String.valueOf(e.getMessage()));
                case TOO_SLOW -> OriginFailed.tooSlow(url.shown());
                case TOO_LONG -> UploadRefused.tooLong(intake.maxBytes());
                case FILE -> StoreFailed.writing("The image cannot be stored", e);
            };
        } catch (IOException e) {
            throw StoreFailed.writing("The image cannot be stored", e);
        }
    }

    private InetAddress checked(FetchUrl url, boolean allowPrivate) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(url.host());
        } catch (UnknownHostException e) {
            throw OriginFailed.answered(url.shown(), "there is no host of this name");
        }
        if (!allowPrivate && !addresses.stream().allMatch(PublicAddress::is)) {
            throw new OriginRefused(
                    url.host() + " is not in the public internet; an origin that is meant to be elsewhere"
                            + " needs allow-private.");
        }
        return addresses.getFirst();
    }

    private static FetchUrl next(FetchUrl from, String location) {
        try {
            return FetchUrl.of(from.uri().resolve(location));
        } catch (IllegalArgumentException e) {
            throw new OriginRefused("It redirects to what is no URL.");
        }
    }

    private static RuntimeException failure(FetchUrl url, Reply reply) {
        return switch (reply.status()) {
            case 404, 410 -> OriginFailed.missing(url.shown());
            case 429, 503 -> OriginFailed.busy(url.shown(), "status " + reply.status(), "30");
            default -> OriginFailed.answered(url.shown(), "status " + reply.status());
        };
    }

    private Path temporary() {
        try {
            return files.temporary();
        } catch (IOException e) {
            throw StoreFailed.writing("The image cannot be stored", e);
        }
    }

    private String digest(Path file) {
        try {
            return FileDigest.sha256(file);
        } catch (IOException e) {
            files.discard(file);
            throw StoreFailed.reading(e);
        }
    }
}
