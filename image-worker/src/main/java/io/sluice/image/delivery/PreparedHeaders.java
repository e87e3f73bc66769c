package io.sluice.image.delivery;

import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields of one stored variant, as they are written: what only its address, bytes and tags decide. Immutable. */
final class PreparedHeaders {
    private static final CharSequence[] SAME_FOR_ALL = {
        optimized("Cache-Control"), optimized("public, max-age=31536000, immutable"),
        optimized("Accept-Ranges"), optimized("bytes"),
        optimized("X-Content-Type-Options"), optimized("nosniff"),
        optimized("Content-Security-Policy"), optimized("default-src 'none'; sandbox"),
        optimized("Cross-Origin-Resource-Policy"), optimized("cross-origin"),
        optimized("Access-Control-Allow-Origin"), optimized("*"),
    };
    private static final CharSequence CONTENT_TYPE = optimized("Content-Type");
    private static final CharSequence ETAG = optimized("ETag");
    private static final CharSequence CACHE_TAG = optimized("Cache-Tag");
    private static final CharSequence CDN_TAG = optimized("CDN-Tag");
    private static final CharSequence SURROGATE_KEY = optimized("Surrogate-Key");

    /** Whether a result keeps to the most bytes that its address allows: {@code met} or {@code missed}. */
    private static final CharSequence TARGET = optimized("Sluice-Max-Bytes");

    private final List<String> tags;
    private final String etag;
    private final CharSequence mediaType;
    private final CharSequence optimizedEtag;
    private final CharSequence spaced;
    private final CharSequence commas;
    private final @Nullable CharSequence target;

    private PreparedHeaders(VariantAddress address, List<String> tags, String etag, long bytes) {
        this.tags = tags;
        this.etag = etag;
        this.mediaType = optimized(address.format().mediaType());
        this.optimizedEtag = optimized(etag);
        List<String> all =
                new ArrayList<>(List.of("img-" + address.oid().substring(0, 16), "col-" + address.collection()));
        all.addAll(tags);
        this.spaced = optimized(String.join(" ", all));
        this.commas = optimized(String.join(",", all));
        int most = address.recipe().map(Recipe::mostBytes).orElse(0);
        this.target = most == 0 ? null : optimized(bytes <= most ? "met" : "missed");
    }

    /**
     * @param tags the source's own
     * @param bytes of the variant
     */
    static PreparedHeaders make(VariantAddress address, List<String> tags, String etag, long bytes) {
        return new PreparedHeaders(address, List.copyOf(tags), etag, bytes);
    }

    /** Whether they still say the same. */
    boolean of(List<String> currentTags, String currentEtag) {
        return tags.equals(currentTags) && etag.equals(currentEtag);
    }

    void putInto(MultiMap headers) {
        for (int i = 0; i < SAME_FOR_ALL.length; i += 2) {
            headers.set(SAME_FOR_ALL[i], SAME_FOR_ALL[i + 1]);
        }
        headers.set(CONTENT_TYPE, mediaType)
                .set(ETAG, optimizedEtag)
                .set(CACHE_TAG, commas)
                .set(CDN_TAG, commas)
                .set(SURROGATE_KEY, spaced);
        if (target != null) {
            headers.set(TARGET, target);
        }
    }

    private static CharSequence optimized(String text) {
        return HttpHeaders.createOptimized(text);
    }
}
