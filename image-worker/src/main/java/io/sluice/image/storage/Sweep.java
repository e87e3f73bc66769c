package io.sluice.image.storage;

import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.contracts.page.Page;
import io.sluice.image.blob.Blob;
import io.sluice.image.blob.BlobStore;
import io.sluice.image.files.BlobFiles.Kind;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.storage.Findings.Place;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the store, page by page: entries, then bytes of variants, then originals. Keeps about 50 bytes of memory for each
 * variant. On one platform thread.
 */
final class Sweep {
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final int PAGE = 1_000;

    private final BlobStore store;
    private final VariantIndex index;
    private final VariantUseStore uses;
    private final OriginalStore originals;
    private final Retention retention;
    private final Duration grace;
    private final boolean dryRun;
    private final Findings findings = new Findings();
    /** Beginnings of SHA-256s: two that are alike only mean that an orphan stays. */
    private final Set<Long> there = new HashSet<>();

    private final Set<Long> named = new HashSet<>();
    private final Set<Long> withVariants = new HashSet<>();

    /** @param grace for originals without a reference */
    Sweep(
            BlobStore store,
            VariantIndex index,
            VariantUseStore uses,
            OriginalStore originals,
            Retention retention,
            Duration grace,
            boolean dryRun) {
        this.store = store;
        this.index = index;
        this.uses = uses;
        this.originals = originals;
        this.retention = retention;
        this.grace = grace;
        this.dryRun = dryRun;
    }

    Findings walk() throws IOException {
        await(originals.mark());
        blobs(Kind.VARIANT, page -> page.forEach(blob -> there.add(prefix(sha(blob)))));
        entries();
        blobs(Kind.VARIANT, this::variantBytes);
        blobs(Kind.ORIGINAL, this::originals);
        return findings;
    }

    private void entries() throws IOException {
        String after = null;
        do {
            Page<VariantIndex.Listed> page = index.list(after, PAGE);
            List<String> names =
                    page.items().stream().map(VariantIndex.Listed::name).toList();
            Map<String, LocalDate> used = await(uses.find(names));
            Map<String, OriginalStore.Known> owners = await(originals.known(
                    names.stream().map(name -> oid(name)).distinct().toList()));
            List<String> gone = new ArrayList<>();
            for (VariantIndex.Listed listed : page.items()) {
                if (!stays(listed, used.get(listed.name()), owners)) {
                    gone.add(listed.name());
                }
            }
            if (!gone.isEmpty() && !dryRun) {
                await(uses.forget(gone));
            }
            after = page.next();
        } while (after != null);
    }

    private boolean stays(VariantIndex.Listed listed, @Nullable LocalDate used, Map<String, OriginalStore.Known> owners)
            throws IOException {
        findings.examined();
        boolean here = !(listed.entry().orElse(null) instanceof VariantIndex.Entry.Stored stored)
                || there.contains(prefix(stored.sha256()));
        VariantAddress address = address(listed.name());
        boolean remembers = madeFromSet(listed) && owners.containsKey(oid(listed.name()));
        Optional<Cause> cause = retention.entry(listed, address, used, here, remembers);
        if (cause.isPresent()) {
            findings.goes(cause.get(), listed.name(), 0);
            if (!dryRun) {
                take(listed.name(), remembers && cause.get() == Cause.UNUSED_VARIANT);
            }
            return false;
        }
        if (here && address != null) {
            remember(listed, address, owners);
        }
        return true;
    }

    private void remember(VariantIndex.Listed listed, VariantAddress address, Map<String, OriginalStore.Known> owners) {
        withVariants.add(prefix(address.oid()));
        if (listed.entry().orElse(null) instanceof VariantIndex.Entry.Stored stored
                && named.add(prefix(stored.sha256()))) {
            OriginalStore.Known known = owners.get(address.oid());
            String owner = known == null ? "unnamed" : known.owner();
            findings.lies(new Place("variants", owner, address.format().token()), stored.bytes());
        }
    }

    /** @param remembered whether only its bytes go: it says from which picture they are made anew */
    private void take(String name, boolean remembered) throws IOException {
        if (remembered) {
            index.forget(name);
        } else {
            index.remove(name);
        }
    }

    private static boolean madeFromSet(VariantIndex.Listed listed) {
        return listed.entry().orElse(null) instanceof VariantIndex.Entry.Stored stored && stored.base() > 0;
    }

    private void variantBytes(List<Blob> page) throws IOException {
        for (Blob blob : page) {
            findings.examined();
            if (!named.contains(prefix(sha(blob))) && retention.orphaned(blob.modified())) {
                findings.goes(Cause.BYTES_WITHOUT_ENTRY, sha(blob), blob.bytes());
                delete(blob.key());
            }
        }
    }

    private void originals(List<Blob> page) throws IOException {
        List<String> oids = page.stream().map(Sweep::sha).toList();
        Map<String, OriginalStore.Known> known = await(originals.known(oids));
        Set<String> due = await(originals.due(oids, grace));
        for (Blob blob : page) {
            findings.examined();
            String oid = sha(blob);
            OriginalStore.Known image = known.get(oid);
            if (image == null && retention.originalDue(blob.modified())) {
                findings.goes(Cause.UNKNOWN_ORIGINAL, oid, blob.bytes());
                delete(blob.key());
            } else if (due.contains(oid)
                    && !withVariants.contains(prefix(oid))
                    && retention.originalDue(blob.modified())
                    && (dryRun || await(originals.collect(oid, grace, () -> deleted(blob.key()))))) {
                findings.goes(Cause.UNREFERENCED_ORIGINAL, oid, blob.bytes());
            } else {
                String owner = image == null ? "unnamed" : image.owner();
                findings.lies(new Place("originals", owner, image == null ? "unknown" : image.format()), blob.bytes());
            }
        }
    }

    /** Unless somebody put it again meanwhile. */
    private boolean deleted(String key) {
        try {
            Optional<Blob> now = store.find(key);
            return now.isPresent() && retention.originalDue(now.get().modified()) && store.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String key) throws IOException {
        if (!dryRun
                && store.find(key)
                        .filter(blob -> retention.orphaned(blob.modified()))
                        .isPresent()) {
            store.delete(key);
        }
    }

    private interface Visit {
        void page(List<Blob> blobs) throws IOException;
    }

    private void blobs(Kind kind, Visit visit) throws IOException {
        String after = null;
        do {
            Page<Blob> page = store.list(kind.prefix(), after, PAGE);
            visit.page(page.items());
            after = page.next();
        } while (after != null);
    }

    private static @Nullable VariantAddress address(String name) {
        try {
            return VariantAddress.parse("/v/x/" + name);
        } catch (MalformedAddress e) {
            return null;
        }
    }

    private static String oid(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    private static String sha(Blob blob) {
        return blob.key().substring(blob.key().lastIndexOf('/') + 1);
    }

    private static long prefix(String sha256) {
        return Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(DATABASE);
    }
}
