package io.sluice.image.scan;

/** Counts what stands beside the picture, against the limits. */
final class Metadata {
    private final ScanLimits limits;
    private int blocks;
    private long bytes;

    Metadata(ScanLimits limits) {
        this.limits = limits;
    }

    void add(long length) {
        blocks++;
        bytes += length;
        if (blocks > limits.metadataBlocks()) {
            throw Refusal.complex("more than " + limits.metadataBlocks() + " blocks of metadata");
        }
        if (bytes > limits.metadataBytes()) {
            throw Refusal.complex("more than " + limits.metadataBytes() + " bytes of metadata");
        }
    }
}
