package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.StoreFailed;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes several variants of one source, with one decode where their recipes allow it, and publishes each as soon as it is
 * there. What is stored already, or is being made for a client, is not made again.
 */
@ApplicationScoped
public class SetMaker {
    private final VipsLibrary library;
    private final BlobFiles files;
    private final Originals originals;
    private final VariantIndex index;
    private final EncodePool pool;
    private final VariantMaker maker;
    private final NanoClock clock;

    SetMaker(
            VipsLibrary library,
            BlobFiles files,
            Originals originals,
            VariantIndex index,
            EncodePool pool,
            VariantMaker maker,
            NanoClock clock) {
        this.library = library;
        this.files = files;
        this.originals = originals;
        this.index = index;
        this.pool = pool;
        this.maker = maker;
        this.clock = clock;
    }

    /**
     * Makes what is missing on the calling thread, which must be a platform thread; waits for memory.
     *
     * @param set of one source, not empty
     * @param goOn asked between two variants; false ends it early
     */
    public void make(List<VariantAddress> set, BooleanSupplier goOn) throws Exception {
        Map<Cascade.Target, VariantAddress> cascade = new LinkedHashMap<>();
        for (VariantAddress address : set) {
            address.recipe()
                    .filter(Cascade::serves)
                    .ifPresent(recipe -> cascade.put(new Cascade.Target(recipe, address.format()), address));
        }
        if (cascade.size() > 1 && !cascade.values().stream().allMatch(this::stored)) {
            cascade(set.getFirst().oid(), cascade, goOn);
        }
        for (VariantAddress address : set) {
            if (goOn.getAsBoolean() && !stored(address)) {
                maker.makeHere(address);
            }
        }
    }

    private void cascade(String oid, Map<Cascade.Target, VariantAddress> targets, BooleanSupplier goOn)
            throws Exception {
        Vips vips = library.vips().orElseThrow(() -> new NoLibrary(library.problem()));
        ImageFacts facts = originals.facts(oid);
        Path original = files.file(BlobFiles.Kind.ORIGINAL, oid);
        int base =
                targets.keySet().stream().mapToInt(Cascade.Target::width).max().orElseThrow();
        pool.within(facts.pixels() * Originals.BYTES_PER_PIXEL, () -> {
            Publication publication = new Publication(targets, facts, base, goOn);
            try {
                new Cascade(vips).encode(original, facts, base, List.copyOf(targets.keySet()), publication);
            } catch (VipsFailure e) {
                throw new Undecodable(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw StoreFailed.writing("The variant cannot be stored", e);
            } finally {
                publication.abandon();
            }
            return base;
        });
    }

    private boolean stored(VariantAddress address) {
        return index.find(address).isPresent();
    }

    /** Whether it was made before from another picture, and its bytes are gone: then it is made anew from that one. */
    private boolean formerlyOtherwise(VariantAddress address, int base) {
        return index.former(address).filter(former -> former.base() != base).isPresent();
    }

    /** Publishes each target, and lets those who ask for it meanwhile wait. */
    private final class Publication implements Cascade.Sink {
        private final Map<Cascade.Target, VariantAddress> addresses;
        private final ImageFacts facts;
        private final int base;
        private final BooleanSupplier goOn;
        private EncodePool.@Nullable Result<VariantIndex.Entry> waiting;
        private long began;

        Publication(Map<Cascade.Target, VariantAddress> addresses, ImageFacts facts, int base, BooleanSupplier goOn) {
            this.addresses = addresses;
            this.facts = facts;
            this.base = base;
            this.goOn = goOn;
        }

        @Override
        public boolean wants(Cascade.Target target) {
            VariantAddress address = address(target);
            int own = target.width() == base ? 0 : base;
            if (!goOn.getAsBoolean() || stored(address) || formerlyOtherwise(address, own)) {
                return false;
            }
            Optional<EncodePool.Result<VariantIndex.Entry>> mine = maker.begin(address);
            waiting = mine.orElse(null);
            began = clock.nanos();
            return mine.isPresent();
        }

        @Override
        public void take(Cascade.Target target, ByteBuffer bytes) throws IOException {
            VariantAddress address = address(target);
            int from = target.width() == base ? 0 : base;
            VariantIndex.Entry entry =
                    index.publish(address, maker.take(address, facts, from, clock.nanos() - began, bytes));
            if (waiting != null) {
                waiting.made(entry);
                waiting = null;
            }
        }

        /** Tells those who wait for a target that failed. */
        void abandon() {
            if (waiting != null) {
                waiting.failed(new Busy("The encode failed; try again."));
                waiting = null;
            }
        }

        private VariantAddress address(Cascade.Target target) {
            VariantAddress address = addresses.get(target);
            if (address == null) {
                throw new IllegalArgumentException("not of this set: " + target);
            }
            return address;
        }
    }
}
