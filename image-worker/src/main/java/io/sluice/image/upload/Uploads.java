package io.sluice.image.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.StoreFailed;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes an upload in: streamed to a temporary file while it is hashed, looked at, and only then put into its place. Whatever
 * goes wrong, no part of it stays. Blocking; for virtual or worker threads.
 */
@ApplicationScoped
public class Uploads {
    private static final int CHUNK = 64 * 1024;

    private final BlobFiles files;
    private final long limit;
    private final ImageScanner scanner;
    private final MeterRegistry meters;

    Uploads(BlobFiles files, UploadConfig config, MeterRegistry meters) {
        this.files = files;
        this.limit = config.maxBytes().asLongValue();
        ScanLimits defaults = ScanLimits.DEFAULT;
        this.scanner = new ImageScanner(new ScanLimits(
                config.maxPixels(),
                defaults.scans(),
                defaults.scanMegapixels(),
                defaults.frames(),
                defaults.metadataBlocks(),
                defaults.metadataBytes()));
        this.meters = meters;
    }

    /** Longest upload in bytes. */
    long maxBytes() {
        return limit;
    }

    /**
     * @param body read to its end
     * @param announcedLength Content-Length, when there is one
     * @param announcedOid from Content-Digest, when there is one
     */
    public StoredImage take(InputStream body, OptionalLong announcedLength, Optional<String> announcedOid) {
        if (announcedLength.isPresent() && announcedLength.getAsLong() > limit) {
            throw UploadRefused.tooLong(limit);
        }
        return received(body, (temporary, bytes, oid) -> {
            if (announcedLength.isPresent() && announcedLength.getAsLong() != bytes) {
                throw new UploadIncomplete(
                        bytes + " bytes came of the " + announcedLength.getAsLong() + " that were announced.");
            }
            if (announcedOid.isPresent() && !announcedOid.get().equals(oid)) {
                throw new UploadIncomplete("Its SHA-256 is " + oid + ", not the one in Content-Digest.");
            }
            return keep(temporary, oid);
        });
    }

    /** Says what a body is, read to its end, and keeps nothing of it. */
    StoredImage examine(InputStream body) {
        return received(body, (temporary, bytes, oid) -> image(temporary, oid));
    }

    /** Keeps a complete temporary file, which is gone afterwards. */
    StoredImage keep(Path complete, String oid) {
        try {
            StoredImage image = image(complete, oid);
            files.publish(complete, BlobFiles.Kind.ORIGINAL, oid);
            meters.counter("sluice.image.uploads", "format", image.format()).increment();
            return image;
        } catch (IOException e) {
            throw StoreFailed.writing("The upload cannot be stored", e);
        } finally {
            files.discard(complete);
        }
    }

    private interface Received {
        StoredImage use(Path temporary, long bytes, String oid) throws IOException;
    }

    private StoredImage received(InputStream body, Received use) {
        Path temporary = temporary();
        try {
            MessageDigest digest = sha256();
            long bytes = receive(body, temporary, digest);
            return use.use(temporary, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw StoreFailed.writing("The upload cannot be stored", e);
        } finally {
            files.discard(temporary);
        }
    }

    private StoredImage image(Path file, String oid) throws IOException {
        ImageFacts facts = look(file);
        return new StoredImage(
                oid,
                Files.size(file),
                facts.format().token(),
                facts.width(),
                facts.height(),
                facts.alpha(),
                facts.animated());
    }

    /** Makes sure that an image which is remembered by now was not collected while it was being taken in. */
    void confirm(StoredImage image) {
        if (files.size(BlobFiles.Kind.ORIGINAL, image.oid()).isEmpty()) {
            throw StoreFailed.reading(new NoSuchFileException("the image was collected just now; upload it again"));
        }
    }

    private long receive(InputStream body, Path temporary, MessageDigest digest) throws IOException {
        long total = 0;
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out =
                Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = next(body, chunk); read >= 0; read = next(body, chunk)) {
                total += read;
                if (total > limit) {
                    throw UploadRefused.tooLong(limit);
                }
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
        return total;
    }

    private static int next(InputStream body, byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new UploadIncomplete("The connection ended before the body did.");
        }
    }

    private ImageFacts look(Path file) throws IOException {
        return switch (scanner.scan(file)) {
            case Scan.Accepted accepted -> accepted.facts();
            case Scan.Refused refused -> {
                meters.counter(
                                "sluice.image.uploads.refused",
                                "cause",
                                refused.cause().name())
                        .increment();
                throw UploadRefused.of(refused);
            }
        };
    }

    private Path temporary() {
        try {
            return files.temporary();
        } catch (IOException e) {
            throw StoreFailed.writing("The upload cannot be stored", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
