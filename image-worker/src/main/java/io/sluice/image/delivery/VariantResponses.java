package io.sluice.image.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.image.AddressSigner.Verdict;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.contracts.problem.Problem;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.sources.TagCatalogue;
import io.sluice.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes what the data plane answers: bytes without a copy through the heap, redirects, problems. Event loop only. */
@ApplicationScoped
@RegisterForReflection(targets = Problem.class)
class VariantResponses {
    private static final int PREPARED = 4_096;
    private static final String OUTCOME = "Sluice-Outcome";
    private static final String CACHE_CONTROL = "Cache-Control";

    private final BlobFiles files;
    private final VariantIndex index;
    private final TagCatalogue tags;
    private final ObjectMapper json;
    private final Map<VariantAddress, PreparedHeaders> headers = new ConcurrentHashMap<>();

    VariantResponses(BlobFiles files, VariantIndex index, TagCatalogue tags, ObjectMapper json) {
        this.files = files;
        this.index = index;
        this.tags = tags;
        this.json = json;
    }

    /** A small text that edges may keep for a minute: whether a CDN reaches its origin. */
    void canary(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader(CACHE_CONTROL, "public, max-age=60")
                .putHeader(OUTCOME, "canary")
                .end("sluice canary\n");
    }

    void send(RoutingContext context, Delivery.Bytes bytes) {
        String etag = '"' + bytes.variant().sha256() + '"';
        HttpServerResponse response = context.response();
        headers(response, bytes, etag);
        if (matches(context.request().getHeader("If-None-Match"), etag)) {
            response.setStatusCode(304).end();
            return;
        }
        long size = bytes.variant().bytes();
        String ifRange = context.request().getHeader("If-Range");
        // RFC 9110, 14.2: a range is for GET alone.
        boolean ranged = HttpMethod.GET.equals(context.request().method());
        ByteRange range = ranged && (ifRange == null || ifRange.equals(etag))
                ? ByteRange.of(context.request().getHeader("Range"), size)
                : new ByteRange.Whole();
        switch (range) {
            case ByteRange.Whole whole -> body(context, bytes, 0, size);
            case ByteRange.Part part -> {
                response.setStatusCode(206)
                        .putHeader("Content-Range", "bytes " + part.first() + '-' + part.last() + '/' + size);
                body(context, bytes, part.first(), part.length());
            }
            case ByteRange.Unsatisfiable none ->
                response.setStatusCode(416)
                        .putHeader("Content-Range", "bytes */" + size)
                        .putHeader(CACHE_CONTROL, "no-store")
                        .end();
        }
    }

    void redirect(RoutingContext context, String location, String outcome) {
        context.response()
                .setStatusCode(307)
                .putHeader("Location", location)
                .putHeader(CACHE_CONTROL, outcome.equals("deferred") ? "public, max-age=5" : "public, max-age=30")
                .putHeader(OUTCOME, outcome)
                .end();
    }

    void refuse(RoutingContext context, Verdict verdict) {
        String detail = switch (verdict) {
            case UNSIGNED -> "The address needs the parameters k and s; ask the gateway for it.";
            case UNKNOWN_KEY -> "The address is signed with a key that is not known here.";
            case EXPIRED -> "The address has expired; ask the gateway for a new one.";
            case FORGED, VALID -> "The signature does not fit the address.";
        };
        write(context, 403, "signature-refused", "The address is not one that was given out", detail, "refused");
    }

    void malformed(RoutingContext context, String detail) {
        write(context, 400, "malformed-address", "The address is not one of a variant", detail, "malformed");
    }

    void method(RoutingContext context) {
        context.response().putHeader("Allow", "GET, HEAD");
        write(
                context,
                405,
                "method-not-allowed",
                "This path does not take this method",
                "Use GET or HEAD.",
                "malformed");
    }

    void problem(RoutingContext context, ProblemException problem, String outcome) {
        problem.headers().forEach(context.response()::putHeader);
        write(context, problem.status(), problem.slug(), problem.title(), problem.getMessage(), outcome);
    }

    void fault(RoutingContext context) {
        write(context, 500, "internal-error", "The service has a fault", "It was logged.", "error");
    }

    /** The same for each request of an address, until its tags change: made once. */
    private void headers(HttpServerResponse response, Delivery.Bytes bytes, String etag) {
        VariantAddress address = bytes.address();
        List<String> own = tags.of(address.collection(), address.oid());
        PreparedHeaders prepared = headers.get(address);
        if (prepared == null || !prepared.of(own, etag)) {
            prepared = PreparedHeaders.make(address, own, etag, bytes.variant().bytes());
            if (headers.size() >= PREPARED) {
                headers.clear();
            }
            headers.put(address, prepared);
        }
        prepared.putInto(response.headers());
        response.putHeader(OUTCOME, bytes.outcome());
    }

    private void body(RoutingContext context, Delivery.Bytes bytes, long from, long length) {
        HttpServerResponse response = context.response();
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.putHeader("Content-Length", Long.toString(length)).end();
            return;
        }
        String sha256 = bytes.variant().sha256();
        files.fileAtOnce(BlobFiles.Kind.VARIANT, sha256)
                .map(Future::succeededFuture)
                .orElseGet(() ->
                        context.vertx().executeBlocking(() -> files.file(BlobFiles.Kind.VARIANT, sha256), false))
                .compose(file -> response.sendFile(file.toString(), from, length))
                .onFailure(failure -> {
                    if (response.headWritten()) {
                        return;
                    }
                    index.forget(bytes.address()); // the next request makes it anew
                    if (failure instanceof ProblemException problem) {
                        problem(context, problem, problem.slug());
                    } else {
                        fault(context);
                    }
                });
    }

    private void write(
            RoutingContext context, int status, String slug, String title, @Nullable String detail, String outcome) {
        if (context.response().closed() || context.response().ended()) {
            return;
        }
        Problem problem = new Problem(
                URI.create("/problems/" + slug), title, status, detail == null ? "" : detail, null, List.of());
        try {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader(CACHE_CONTROL, "no-store")
                    .putHeader(OUTCOME, outcome)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }

    private static boolean matches(@Nullable String header, String etag) {
        if (header == null) {
            return false;
        }
        for (String candidate : header.split(",")) {
            String known = candidate.strip();
            if (known.equals("*") || known.equals(etag) || known.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
