package io.sluice.gateway.catalogue;

import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.Source;
import io.sluice.gateway.selection.Hash64;

/**
 * What a decision needs of a source.
 *
 * @param seq position in the change feed; 0 when it was found by its oid
 * @param collection set it is accounted to
 * @param oid SHA-256 of its bytes, lower-case hex
 * @param width in pixels, upright, at least 1
 * @param height in pixels, upright, at least 1
 * @param alpha whether it has transparency
 * @param hash of {@code /v/{collection}/{oid}}, the part of the canonical address that all its variants share, so that they share
 *     a CDN, too
 */
public record SourceFacts(long seq, String collection, String oid, int width, int height, boolean alpha, long hash) {
    public SourceFacts {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a source has at least one pixel, was " + width + " x " + height);
        }
    }

    static SourceFacts of(long seq, String collection, String oid, int width, int height, boolean alpha) {
        return new SourceFacts(seq, collection, oid, width, height, alpha, Hash64.of("/v/" + collection + '/' + oid));
    }

    static SourceFacts of(Source source) {
        return of(source.seq(), source.collection(), source.oid(), source.width(), source.height(), source.alpha());
    }

    static SourceFacts ofImage(String oid, int width, int height, boolean alpha) {
        return of(0, Names.BY_OID, oid, width, height, alpha);
    }
}
