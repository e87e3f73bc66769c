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
import java.nio.file.Path;
import java.util.List;
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
    private final EncodeRunner runner;
    private final NanoClock clock;

    SetMaker(
            VipsLibrary library,
            BlobFiles files,
            Originals originals,
            VariantIndex index,
            EncodePool pool,
            VariantMaker maker,
            EncodeRunner runner,
            NanoClock clock) {
        this.library = library;
        this.files = files;
        this.originals = originals;
        this.index = index;
        this.pool = pool;
        this.maker = maker;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Makes what is missing on the calling thread, which must be a platform thread; waits for memory.
     *
     * @param set of one source, not empty
     * @param goOn asked between two variants; false ends it early
     */
    public void make(List<VariantAddress> set, BooleanSupplier goOn) throws Exception {
        List<VariantAddress> cascade = set.stream()
                .filter(address -> address.recipe().filter(Cascade::serves).isPresent())
                .distinct()
                .toList();
        if (cascade.size() > 1 && !cascade.stream().allMatch(this::stored)) {
            cascade(cascade, goOn);
        }
        for (VariantAddress address : set) {
            if (goOn.getAsBoolean() && !stored(address)) {
                maker.makeHere(address);
            }
        }
    }

    private void cascade(List<VariantAddress> set, BooleanSupplier goOn) throws Exception {
        Vips vips = library.vips().orElseThrow(() -> new NoLibrary(library.problem()));
        String oid = set.getFirst().oid();
        ImageFacts facts = originals.facts(oid);
        Path original = files.file(BlobFiles.Kind.ORIGINAL, oid);
        int base = set.stream().mapToInt(SetMaker::width).max().orElseThrow();
        pool.within(Originals.bytes(facts), () -> {
            Publication publication = new Publication(facts, base, goOn);
            try {
                runner.cascade(vips, new SetTask(original, facts, base, set), publication);
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

    private static int width(VariantAddress address) {
        return address.recipe().orElseThrow().width().orElseThrow();
    }

    private boolean stored(VariantAddress address) {
        return index.find(address).isPresent();
    }

    /** Whether it was made before from another picture, and its bytes are gone: then it is made anew from that one. */
    private boolean formerlyOtherwise(VariantAddress address, int base) {
        return index.former(address).filter(former -> former.base() != base).isPresent();
    }

    /** Publishes each variant, and lets those who ask for it meanwhile wait. */
    private final class Publication implements EncodeRunner.SetReceiver {
        private final ImageFacts facts;
        private final int base;
        private final BooleanSupplier goOn;
        private EncodePool.@Nullable Result<VariantIndex.Entry> waiting;
        private long began;

        Publication(ImageFacts facts, int base, BooleanSupplier goOn) {
            this.facts = facts;
            this.base = base;
            this.goOn = goOn;
        }

        @Override
        public boolean wants(VariantAddress address) {
            if (!goOn.getAsBoolean() || stored(address) || formerlyOtherwise(address, from(address))) {
                return false;
            }
            Optional<EncodePool.Result<VariantIndex.Entry>> mine = maker.begin(address);
            waiting = mine.orElse(null);
            began = clock.nanos();
            return mine.isPresent();
        }

        @Override
        public void take(VariantAddress address, Encoded encoded) throws IOException {
            VariantIndex.Entry entry =
                    index.publish(address, maker.take(address, facts, from(address), clock.nanos() - began, encoded));
            if (waiting != null) {
                waiting.made(entry);
                waiting = null;
            }
        }

        /** Tells those who wait for a variant that failed. */
        void abandon() {
            if (waiting != null) {
                waiting.failed(new Busy("The encode failed; try again."));
                waiting = null;
            }
        }

        /** The largest is shrunk from the source, the others from the largest. */
        private int from(VariantAddress address) {
            return width(address) == base ? 0 : base;
        }
    }
}
