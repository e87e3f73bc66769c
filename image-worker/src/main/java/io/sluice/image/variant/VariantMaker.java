package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
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
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the variant of an address and publishes it: bytes first, then the index entry. Equal requests that overlap are made
 * once. A published entry is never replaced.
 */
@ApplicationScoped
public class VariantMaker {
    private final VipsLibrary library;
    private final BlobFiles files;
    private final Originals originals;
    private final MarkImages marks;
    private final VariantIndex index;
    private final EncodePool pool;
    private final EncodeRunner runner;
    private final VariantMeters meters;
    private final NanoClock clock;
    private final Map<String, CompletableFuture<VariantIndex.Entry>> underWay = new ConcurrentHashMap<>();

    VariantMaker(
            VipsLibrary library,
            BlobFiles files,
            Originals originals,
            MarkImages marks,
            VariantIndex index,
            EncodePool pool,
            EncodeRunner runner,
            VariantMeters meters,
            NanoClock clock) {
        this.library = library;
        this.files = files;
        this.originals = originals;
        this.marks = marks;
        this.index = index;
        this.pool = pool;
        this.runner = runner;
        this.meters = meters;
        this.clock = clock;
    }

    /** Whether this address is being made already, so that asking for it costs nothing new. */
    public boolean underWay(VariantAddress address) {
        return underWay.containsKey(address.path());
    }

    /** Makes it on the pool, for a client that waits; joins an equal request that is under way. */
    public CompletableFuture<VariantIndex.Entry> make(VariantAddress address) {
        CompletableFuture<VariantIndex.Entry> mine = new CompletableFuture<>();
        CompletableFuture<VariantIndex.Entry> running = underWay.putIfAbsent(address.path(), mine);
        if (running != null) {
            return running;
        }
        Waiting waiting = new Waiting(address, mine);
        try {
            ImageFacts facts = originals.facts(address.oid());
            pool.submit(bytes(address, facts), () -> makeNow(address, facts), waiting);
        } catch (RuntimeException e) {
            waiting.failed(e);
        }
        return mine;
    }

    /** Makes it on the calling thread, which must be a platform thread; waits for memory. */
    public VariantIndex.Entry makeHere(VariantAddress address) throws Exception {
        ImageFacts facts = originals.facts(address.oid());
        return pool.within(bytes(address, facts), () -> makeNow(address, facts));
    }

    /** What the encode will need, by estimate. */
    private static long bytes(VariantAddress address, ImageFacts facts) {
        int operations = address.recipe().map(Operations::bytesPerPixel).orElse(0);
        long frames = address.recipe()
                .map(recipe -> Animation.bytes(recipe, facts.animated()))
                .orElse(0L);
        return Originals.bytes(facts) + facts.pixels() * operations + frames;
    }

    /** Everybody who asked for one address while it is made. */
    private final class Waiting implements EncodePool.Result<VariantIndex.Entry> {
        private final VariantAddress address;
        private final CompletableFuture<VariantIndex.Entry> all;

        Waiting(VariantAddress address, CompletableFuture<VariantIndex.Entry> all) {
            this.address = address;
            this.all = all;
        }

        @Override
        public void made(VariantIndex.Entry entry) {
            underWay.remove(address.path());
            all.complete(entry);
        }

        @Override
        public void failed(Throwable cause) {
            underWay.remove(address.path());
            all.completeExceptionally(cause);
        }
    }

    private VariantIndex.Entry makeNow(VariantAddress address, ImageFacts facts) throws IOException {
        var known = index.find(address);
        if (known.isPresent()) {
            return known.get();
        }
        meters.begin(facts.pixels());
        try {
            VariantIndex.Entry entry = address.recipe().isEmpty() ? strip(address, facts) : encode(address, facts);
            return index.publish(address, entry);
        } catch (VipsFailure e) {
            meters.failed(address.format(), "undecodable");
            throw new Undecodable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            meters.failed(address.format(), "store");
            throw StoreFailed.writing("The variant cannot be stored", e);
        } finally {
            meters.end(facts.pixels());
        }
    }

    private VariantIndex.Entry encode(VariantAddress address, ImageFacts facts) throws IOException {
        Vips vips = library.vips().orElseThrow(() -> new NoLibrary(library.problem()));
        Path original = files.file(BlobFiles.Kind.ORIGINAL, address.oid());
        long start = clock.nanos();
        int base = index.former(address).map(VariantIndex.Entry.Stored::base).orElse(0);
        return runner.encode(
                vips,
                new EncodeTask(
                        address,
                        original,
                        facts,
                        base,
                        address.recipe().flatMap(recipe -> recipe.value('m')).map(marks::of)),
                encoded -> take(address, facts, base, clock.nanos() - start, encoded));
    }

    /**
     * Takes the bytes of an encode into the store, or none when the source's own pixels do as well.
     *
     * @param base width of the picture it was shrunk from; 0: the source
     * @param nanos what the encode took
     */
    VariantIndex.Entry take(VariantAddress address, ImageFacts facts, int base, long nanos, Encoded encoded)
            throws IOException {
        long sourceBytes = files.size(BlobFiles.Kind.ORIGINAL, address.oid()).orElse(Long.MAX_VALUE);
        long length = encoded.length();
        meters.encoded(address, nanos, sourceBytes, length);
        Optional<ImageFormat> standIn =
                address.recipe().flatMap(recipe -> Substitution.of(facts, recipe, address.format()));
        return standIn.isPresent() && length >= sourceBytes
                ? new VariantIndex.Entry.SameAsOriginal(standIn.get())
                : store(encoded, base);
    }

    /** Says that an address is being made, so that requests for it wait; empty when it is already. */
    Optional<EncodePool.Result<VariantIndex.Entry>> begin(VariantAddress address) {
        CompletableFuture<VariantIndex.Entry> mine = new CompletableFuture<>();
        return underWay.putIfAbsent(address.path(), mine) == null
                ? Optional.of(new Waiting(address, mine))
                : Optional.empty();
    }

    private VariantIndex.Entry strip(VariantAddress address, ImageFacts facts) throws IOException {
        if (!OriginalPixels.format(facts.format()).equals(Optional.of(address.format()))) {
            throw new NoOriginal(facts.format());
        }
        try (Arena arena = Arena.ofConfined();
                FileChannel channel =
                        FileChannel.open(files.file(BlobFiles.Kind.ORIGINAL, address.oid()), StandardOpenOption.READ)) {
            ByteBuffer source = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer();
            return store(OriginalPixels.strip(source, facts), 0);
        }
    }

    private VariantIndex.Entry.Stored store(Encoded encoded, int base) throws IOException {
        return switch (encoded) {
            case Encoded.InMemory memory -> store(memory.bytes(), base);
            case Encoded.InFile file -> {
                String name = sha256(file.file());
                files.publish(file.file(), BlobFiles.Kind.VARIANT, name);
                yield new VariantIndex.Entry.Stored(name, file.length(), base);
            }
        };
    }

    private VariantIndex.Entry.Stored store(ByteBuffer bytes, int base) throws IOException {
        Path temporary = files.temporary();
        int length = bytes.remaining();
        MessageDigest digest = sha256();
        digest.update(bytes.duplicate());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            files.discard(temporary);
            throw e;
        }
        String name = HexFormat.of().formatHex(digest.digest());
        files.publish(temporary, BlobFiles.Kind.VARIANT, name);
        return new VariantIndex.Entry.Stored(name, length, base);
    }

    private static String sha256(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest digest = sha256();
            digest.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
