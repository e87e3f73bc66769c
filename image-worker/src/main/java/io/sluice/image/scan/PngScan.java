package io.sluice.image.scan;

import java.nio.ByteBuffer;

/** Walks the chunks of a PNG (W3C PNG, third edition). */
final class PngScan {
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int TRNS = 0x74524e53;
    private static final int ACTL = 0x6163544c;
    private static final int FDAT = 0x66644154;
    private static final int ZTXT = 0x7a545874;
    private static final int ITXT = 0x69545874;
    private static final int EXIF = 0x65584966;
    private static final int ICCP = 0x69434350;

    /** Compressed text unfolds to a thousand times its bytes, and a decoder unfolds it although nobody reads it. */
    private static final int MAX_COMPRESSED_TEXT = 128 << 10;

    /** A profile is unfolded up to a few megabytes only. */
    private static final int MAX_PROFILE = 4 << 20;

    private static final int MAX_COMPRESSED_CHUNKS = 32;

    /** Encoders write 8 KiB and more into a chunk; a flood of empty ones costs a decoder a checksum each. */
    private static final int MIN_DATA_PER_CHUNK = 64;

    private static final int FREE_DATA_CHUNKS = 4096;

    private final ByteBuffer image;
    private final ScanLimits limits;
    private final Metadata metadata;
    private boolean alpha;
    private boolean profile;
    private int frames = 1;
    private int data;
    private int dataChunks;
    private long compressedText;
    private long profiles;
    private int compressedChunks;

    PngScan(ByteBuffer image, ScanLimits limits) {
        this.image = image;
        this.limits = limits;
        this.metadata = new Metadata(limits);
    }

    ImageFacts facts() {
        if (image.getInt(8) != 13 || image.getInt(12) != IHDR) {
            throw Refusal.damaged("the PNG does not begin with its header");
        }
        int width = image.getInt(16);
        int height = image.getInt(20);
        if (width < 1 || height < 1) {
            throw Refusal.damaged("the PNG has no size");
        }
        int colour = image.get(25);
        alpha = colour == 4 || colour == 6;
        int at = 33;
        while (true) {
            long length = image.getInt(at) & 0xffffffffL;
            int type = image.getInt(at + 4);
            if (at + 12L + length > image.limit()) {
                throw Refusal.damaged("the PNG is cut off");
            }
            if (type == IEND) {
                break;
            }
            chunk(type, length, at + 8);
            at += (int) (12 + length);
        }
        if (data == 0) {
            throw Refusal.damaged("the PNG has no picture");
        }
        return new ImageFacts(SourceFormat.PNG, width, height, alpha, frames > 1, 1, false, profile);
    }

    private void chunk(int type, long length, int from) {
        switch (type) {
            case IDAT, FDAT -> {
                data += type == IDAT ? 1 : 0;
                dataChunks++;
                if (dataChunks > FREE_DATA_CHUNKS + image.limit() / MIN_DATA_PER_CHUNK) {
                    throw Refusal.complex("the PNG's data is cut into too many chunks");
                }
            }
            case IHDR -> throw Refusal.damaged("the PNG has two headers");
            case TRNS -> alpha = true;
            case ACTL -> {
                frames = image.getInt(from);
                if (frames < 1 || frames > limits.frames()) {
                    throw Refusal.complex("the PNG has more than " + limits.frames() + " frames");
                }
            }
            case ICCP -> {
                profile |= !SrgbProfile.compressedIn(image, from, (int) (from + length));
                profiles += length;
                compressed();
            }
            case ZTXT -> {
                compressedText += length;
                compressed();
            }
            case ITXT -> {
                metadata.add(length);
                if (deflated(from, length)) {
                    compressedText += length;
                    compressed();
                }
            }
            case EXIF -> {
                metadata.add(length);
                ExifCheck.check(image, from, from + (int) length);
            }
            default -> metadata.add(length);
        }
    }

    private void compressed() {
        compressedChunks++;
        if (compressedChunks > MAX_COMPRESSED_CHUNKS
                || compressedText > MAX_COMPRESSED_TEXT
                || profiles > MAX_PROFILE) {
            throw Refusal.complex("the PNG has more than " + MAX_COMPRESSED_CHUNKS + " chunks, " + MAX_COMPRESSED_TEXT
                    + " bytes of text or " + MAX_PROFILE + " bytes of profiles that are compressed");
        }
    }

    /** The flag of international text stands behind its keyword, which has 79 bytes at the most. */
    private boolean deflated(int from, long length) {
        long end = from + Math.min(length, 81);
        for (int at = from; at < end - 1; at++) {
            if (image.get(at) == 0) {
                return image.get(at + 1) != 0;
            }
        }
        return false;
    }
}
