package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.vips.Vips;
import java.io.IOException;

/** Encodes on the calling thread of this process. */
public final class LocalEncodes implements EncodeRunner {
    @Override
    public <T> T encode(Vips vips, EncodeTask task, Receiver<T> receiver) throws IOException {
        ImageFormat format = task.address().format();
        Recipe asked = task.address().recipe().orElseThrow();
        Recipe recipe = asked.likeness().isEmpty()
                ? asked
                : new TargetQuality(vips).settled(task.original(), task.facts(), asked, format);
        Encoder.Sink<T> sink = bytes -> receiver.take(new Encoded.InMemory(bytes));
        return task.base() > 0
                ? new Cascade(vips)
                        .one(task.original(), task.facts(), task.base(), new Cascade.Target(recipe, format), sink)
                : new Encoder(vips, id -> task.mark().orElseThrow(() -> new UnknownMark(id)))
                        .encode(task.original(), task.facts(), recipe, format, sink);
    }

    @Override
    public boolean isolates(String collection) {
        return false;
    }
}
