package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.rights.KeptRights;
import io.sluice.image.vips.Vips;
import java.io.IOException;

/** Encodes on the calling thread of this process. */
public final class LocalEncodes implements EncodeRunner {
    @Override
    public <T> T encode(Vips vips, EncodeTask task, Receiver<T> receiver) throws IOException {
        ImageFormat format = task.address().format();
        Recipe asked = task.address().recipe().orElseThrow();
        if (!asked.keepsRights()) {
            return encode(vips, task, settled(vips, task, asked), bytes -> receiver.take(new Encoded.InMemory(bytes)));
        }
        KeptRights rights = KeptRights.of(task.original(), task.facts().format());
        return encode(
                vips,
                task,
                settled(vips, task, roomFor(rights, asked)),
                bytes -> receiver.take(new Encoded.InMemory(rights.in(bytes, format))));
    }

    private static Recipe settled(Vips vips, EncodeTask task, Recipe recipe) throws IOException {
        return recipe.likeness().isEmpty()
                ? recipe
                : new TargetQuality(vips)
                        .settled(
                                task.original(),
                                task.facts(),
                                recipe,
                                task.address().format());
    }

    private static Recipe roomFor(KeptRights rights, Recipe recipe) {
        int most = recipe.mostBytes();
        return most == 0
                ? recipe
                : recipe.with('l', Integer.toString(Math.max(Recipe.LEAST_BYTES, most - rights.bytes())));
    }

    private static <T> T encode(Vips vips, EncodeTask task, Recipe recipe, Encoder.Sink<T> sink) throws IOException {
        ImageFormat format = task.address().format();
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
