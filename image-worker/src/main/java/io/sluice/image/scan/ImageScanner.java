package io.sluice.image.scan;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads an image's headers in Java, before native code sees a byte: format, size, and whether decoding it would cost out of
 * proportion (pixel bombs, scan bombs, chunk floods). Reads every byte at most once, allocates nothing that an input decides.
 * Pure and thread-safe.
 */
public final class ImageScanner {
    /** The longest side any format here can carry that libvips can open. */
    private static final int MAX_SIDE = 65_535;

    private final ScanLimits limits;

    public ImageScanner(ScanLimits limits) {
        this.limits = limits;
    }

    /** Scans a file that nobody else writes. */
    public Scan scan(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                return new Scan.Refused(Scan.Cause.TOO_COMPLEX, "more than 2 GiB");
            }
            if (size == 0) {
                return new Scan.Refused(Scan.Cause.NOT_AN_IMAGE, "the upload is empty");
            }
            return scan(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asByteBuffer());
        }
    }

    /** Scans the bytes from 0 to the buffer's limit; never throws for what they are. */
    public Scan scan(ByteBuffer bytes) {
        ByteBuffer image = bytes.duplicate().order(ByteOrder.BIG_ENDIAN).position(0);
        try {
            ImageFacts facts = facts(image);
            if (facts.width() > MAX_SIDE || facts.height() > MAX_SIDE || facts.pixels() > limits.pixels()) {
                return new Scan.Refused(
                        Scan.Cause.TOO_MANY_PIXELS,
                        facts.width() + " x " + facts.height() + " pixels; at most " + limits.pixels() + " are taken");
            }
            return new Scan.Accepted(facts);
        } catch (Refusal refusal) {
            return refusal.outcome();
        } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
            return new Scan.Refused(Scan.Cause.DAMAGED, "the image is cut off");
        } catch (IllegalArgumentException e) {
            return new Scan.Refused(Scan.Cause.DAMAGED, "the image's headers contradict each other");
        }
    }

    private ImageFacts facts(ByteBuffer image) {
        if (starts(image, 0, "\u00ff\u00d8\u00ff")) {
            return new JpegScan(image, limits).facts();
        }
        if (starts(image, 0, "\u0089PNG\r\n\u001a\n")) {
            return new PngScan(image, limits).facts();
        }
        if (starts(image, 0, "GIF87a") || starts(image, 0, "GIF89a")) {
            return new GifScan(image, limits).facts();
        }
        if (starts(image, 0, "RIFF") && starts(image, 8, "WEBP")) {
            return new WebpScan(image, limits).facts();
        }
        if (starts(image, 4, "ftyp")) {
            return new AvifScan(image, limits).facts();
        }
        throw new Refusal(
                Scan.Cause.NOT_AN_IMAGE, "its first bytes are not those of a JPEG, PNG, WebP, AVIF or GIF image");
    }

    static boolean starts(ByteBuffer image, int at, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (image.limit() < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (image.get(at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
