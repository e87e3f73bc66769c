package io.sluice.image.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the blocks of a GIF (GIF89a specification): screen, frames, extensions. */
final class GifScan {
    private final ByteBuffer image;
    private final ScanLimits limits;
    private final Metadata metadata;
    private int at;
    private int frames;
    private boolean alpha;
    private int width;
    private int height;

    GifScan(ByteBuffer image, ScanLimits limits) {
        this.image = image.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
        this.metadata = new Metadata(limits);
    }

    ImageFacts facts() {
        width = unsigned(6);
        height = unsigned(8);
        at = 13 + colours(image.get(10));
        while (at < image.limit()) {
            int block = image.get(at++) & 0xff;
            if (block == 0x3b) {
                break;
            }
            switch (block) {
                case 0x2c -> frame();
                case 0x21 -> extension();
                default -> throw Refusal.damaged("the GIF has an unknown block");
            }
        }
        if (frames == 0) {
            throw Refusal.damaged("the GIF has no picture");
        }
        return new ImageFacts(SourceFormat.GIF, width, height, alpha, frames > 1, 1, false, false);
    }

    private void frame() {
        frames++;
        // A decoder grows the screen to the frames.
        width = Math.max(width, unsigned(at) + unsigned(at + 4));
        height = Math.max(height, unsigned(at + 2) + unsigned(at + 6));
        if (frames > limits.frames()) {
            throw Refusal.complex("the GIF has more than " + limits.frames() + " frames");
        }
        at += 9 + colours(image.get(at + 8)) + 1;
        blocks();
    }

    private void extension() {
        int label = image.get(at++) & 0xff;
        if (label == 0xf9) {
            alpha |= (image.get(at + 1) & 1) != 0;
            blocks();
        } else {
            int from = at;
            blocks();
            metadata.add(at - from);
        }
    }

    private void blocks() {
        int length = image.get(at++) & 0xff;
        while (length != 0) {
            at += length;
            length = image.get(at++) & 0xff;
        }
    }

    private int unsigned(int from) {
        return image.getShort(from) & 0xffff;
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
