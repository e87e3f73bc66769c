package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.StoreFailed;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sources as they lie in the store, and what the scanner said of them: bytes under a digest never change. */
@ApplicationScoped
class Originals {
    private static final int REMEMBERED = 20_000;

    private final BlobFiles files;
    private final Map<String, ImageFacts> known = new ConcurrentHashMap<>();
    private final ImageScanner scanner = new ImageScanner(ScanLimits.DEFAULT);

    Originals(BlobFiles files) {
        this.files = files;
    }

    /** What decoding may take, in bytes, as measured at worst: a progressive JPEG and an interlaced PNG lie in memory as a whole, an AVIF does so twice. */
    static long bytes(ImageFacts facts) {
        return facts.pixels()
                * switch (facts.format()) {
                    case AVIF -> 16;
                    case PNG -> 10;
                    case JPEG -> 7;
                    case GIF, WEBP -> 6;
                };
    }

    /**
     * Facts of a stored original. Blocking, the first time.
     *
     * @throws Undecodable when the scanner refuses it by now
     */
    ImageFacts facts(String oid) {
        ImageFacts facts = known.get(oid);
        if (facts == null) {
            facts = scan(oid);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(oid, facts);
        }
        return facts;
    }

    private ImageFacts scan(String oid) {
        try {
            return switch (scanner.scan(files.file(BlobFiles.Kind.ORIGINAL, oid))) {
                case Scan.Accepted accepted -> accepted.facts();
                case Scan.Refused refused -> throw new Undecodable(refused.detail());
            };
        } catch (IOException e) {
            throw StoreFailed.reading(e);
        }
    }
}
