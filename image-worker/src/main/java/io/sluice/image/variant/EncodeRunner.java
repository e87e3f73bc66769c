package io.sluice.image.variant;

import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import java.io.IOException;

/** Where an encode runs: in this process, or in one that may die of it. */
public interface EncodeRunner {
    /** Takes the result while it is there. */
    interface Receiver<T> {
        T take(Encoded encoded) throws IOException;
    }

    /**
     * Encodes; the calling thread, which must be a platform thread, waits.
     *
     * @throws VipsFailure when the original turns out to be damaged
     */
    <T> T encode(Vips vips, EncodeTask task, Receiver<T> receiver) throws IOException;

    /** Whether sources of a collection may not be decoded in this process. */
    boolean isolates(String collection);
}
