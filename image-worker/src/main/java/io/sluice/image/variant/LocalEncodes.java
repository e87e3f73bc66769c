package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.vips.Vips;
import java.io.IOException;

/** Encodes on the calling thread of this process. */
public final class LocalEncodes implements EncodeRunner {
    @Override
    public <T> T encode(Vips vips, EncodeTask task, Receiver<T> receiver) throws IOException {
        VariantAddress address = task.address();
        return new Encoder(vips)
                .encode(
                        task.original(),
                        task.facts(),
                        address.recipe().orElseThrow(),
                        address.format(),
                        bytes -> receiver.take(new Encoded.InMemory(bytes)));
    }
}
