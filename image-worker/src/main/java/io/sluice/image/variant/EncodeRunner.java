package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import java.io.IOException;
import java.nio.file.Path;

/** Where pictures are decoded and encoded: in this process, or in one that may die of it. */
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

    /** Who wants the variants of a set, one after the other. */
    interface SetReceiver {
        /** Asked right before it is made; false leaves it out. */
        boolean wants(VariantAddress address);

        /** Takes the result while it is there. */
        void take(VariantAddress address, Encoded encoded) throws IOException;
    }

    /**
     * Makes several variants from one decode; the calling thread, which must be a platform thread, waits.
     *
     * @param set each of which {@link Cascade#serves}
     * @throws VipsFailure when the original turns out to be damaged
     */
    void cascade(Vips vips, SetTask set, SetReceiver receiver) throws IOException;

    /**
     * Looks at a source, of whatever collection; the calling thread, which must be a platform thread, waits.
     *
     * @throws VipsFailure when the original turns out to be damaged
     */
    Look look(Vips vips, Path original, ImageFacts facts) throws IOException;
}
