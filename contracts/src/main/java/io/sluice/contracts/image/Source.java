package io.sluice.contracts.image;

import java.util.List;

/**
 * What a catalogue knows of a source: item of image-worker's {@code GET /api/v1/sources}, and payload of the event
 * {@code source} in {@code GET /api/v1/sources/changes}.
 *
 * @param seq position in the change feed, growing; resume behind it with {@code Last-Event-ID}
 * @param collection set it belongs to
 * @param path its name in the collection, percent-decoded
 * @param oid SHA-256 of its bytes, lower-case hex
 * @param bytes its size
 * @param format of the upload: {@code jpeg}, {@code png}, {@code webp}, {@code gif} or {@code avif}
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param alpha whether it has transparency
 * @param animated whether it has more than one frame
 * @param tags the source's own cache tags
 * @param deleted whether the name was taken away
 */
public record Source(
        long seq,
        String collection,
        String path,
        String oid,
        long bytes,
        String format,
        int width,
        int height,
        boolean alpha,
        boolean animated,
        List<String> tags,
        boolean deleted) {

    public Source {
        if (!Names.isCollection(collection)) {
            throw new IllegalArgumentException("collection must be 1-63 of a-z 0-9 _ -, was '" + collection + "'");
        }
        if (!Names.isOid(oid)) {
            throw new IllegalArgumentException("oid must be 64 lower-case hex digits");
        }
        tags = List.copyOf(tags);
    }
}
