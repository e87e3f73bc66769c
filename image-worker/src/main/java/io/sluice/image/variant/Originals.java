package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.StoreFailed;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Sources as they lie in the store. Reads the file system. */
@ApplicationScoped
class Originals {
    /** A progressive JPEG holds its coefficients; measured at 3-6 bytes for each pixel of the source. */
    static final int BYTES_PER_PIXEL = 6;

    private final BlobFiles files;
    private final ImageScanner scanner = new ImageScanner(ScanLimits.DEFAULT);

    Originals(BlobFiles files) {
        this.files = files;
    }

    /** @throws Undecodable when the scanner refuses it by now */
    ImageFacts facts(String oid) {
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
