package io.sluice.gateway.geo;

import java.nio.file.Path;

/** A file of ranges is not used: it says what is wrong with it. */
final class GeoFileRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GeoFileRefused(Path file, String reason) {
        super(file + " is refused: " + reason);
    }
}
