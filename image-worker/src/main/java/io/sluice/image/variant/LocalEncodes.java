package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.rights.KeptRights;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    public void cascade(Vips vips, SetTask set, SetReceiver receiver) throws IOException {
        Map<Cascade.Target, VariantAddress> targets = new LinkedHashMap<>();
        for (VariantAddress address : set.addresses()) {
            targets.put(new Cascade.Target(address.recipe().orElseThrow(), address.format()), address);
        }
        new Cascade(vips)
                .encode(set.original(), set.facts(), set.base(), List.copyOf(targets.keySet()), new Cascade.Sink() {
                    @Override
                    public boolean wants(Cascade.Target target) {
                        return receiver.wants(Objects.requireNonNull(targets.get(target)));
                    }

                    @Override
                    public void take(Cascade.Target target, ByteBuffer bytes) throws IOException {
                        receiver.take(Objects.requireNonNull(targets.get(target)), new Encoded.InMemory(bytes));
                    }
                });
    }

    @Override
    public Look look(Vips vips, Path original, ImageFacts facts) throws IOException {
        try (VipsSession session = vips.session()) {
            return FirstLook.at(new SourcePicture(vips, session, session.read(original), facts));
        }
    }
}
