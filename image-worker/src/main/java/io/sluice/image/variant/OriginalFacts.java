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

/** What the scanner said of originals, remembered: bytes under a digest never change, and a scan reads all of them. */
@ApplicationScoped
class OriginalFacts {
    private static final int REMEMBERED = 20_000;

    private final BlobFiles files;
    private final ImageScanner scanner = new ImageScanner(ScanLimits.DEFAULT);
    private final Map<String, ImageFacts> known = new ConcurrentHashMap<>();

    OriginalFacts(BlobFiles files) {
        this.files = files;
    }

    /**
     * Facts of a stored original; blocking.
     *
     * @throws Undecodable when the scanner refuses it
     */
    ImageFacts of(String oid) {
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
            return switch (scanner.scan(files.path(BlobFiles.Kind.ORIGINAL, oid))) {
                case Scan.Accepted accepted -> accepted.facts();
                case Scan.Refused refused -> throw new Undecodable(refused.detail());
            };
        } catch (IOException e) {
            throw new StoreFailed("the original cannot be read: " + e.getMessage());
        }
    }
}
