package io.sluice.image.scan;

/**
 * How much an image may ask of a decoder.
 *
 * @param pixels of one frame
 * @param scans of a JPEG; each one costs a pass over all pixels
 * @param scanMegapixels scans times megapixels of a JPEG
 * @param frames of an animation
 * @param metadataBlocks chunks, markers and boxes beside the picture
 * @param metadataBytes of those together
 */
public record ScanLimits(
        long pixels, int scans, long scanMegapixels, int frames, int metadataBlocks, long metadataBytes) {

    /** 50 MP; 64 scans, 1,000 scan-megapixels; 1,000 frames; 1,024 blocks of metadata, 16 MiB together. */
    public static final ScanLimits DEFAULT = new ScanLimits(50_000_000, 64, 1_000, 1_000, 1_024, 16L << 20);
}
