package io.sluice.image.imports;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contracts.page.Page;
import io.sluice.image.blob.Blob;
import io.sluice.image.blob.FileBlobs;
import io.sluice.platform.problem.ProblemException;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works imports off, one at a time: a folder file by file in the order of their paths, URLs in their own order. Each file is noted, so that after a crash, or when
 * the store or PostgreSQL was away, some worker goes on where it stopped. Files whose names begin with a dot are left out.
 */
@ApplicationScoped
class ImportRunner {
    private static final Logger LOG = Logger.getLogger(ImportRunner.class);
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 1_000;
    private static final int PAGE = 500;

    private final ImportStore store;
    private final FileImporter importer;
    private final UrlImporter urls;
    private final UrlImportStore urlStore;
    private final RootsConfig config;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final String owner = UUID.randomUUID().toString();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("imports").unstarted(this::work);

    ImportRunner(
            ImportStore store,
            FileImporter importer,
            UrlImporter urls,
            UrlImportStore urlStore,
            RootsConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.importer = importer;
        this.urls = urls;
        this.urlStore = urlStore;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (!config.roots().isEmpty() || urls.possible()) {
            thread.start();
        }
    }

    /** Waits for the file under way. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        thread.join(Duration.ofSeconds(10));
    }

    private void work() {
        try {
            while (!stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<FolderImport> job = claim();
                if (job.isPresent()) {
                    run(job.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<FolderImport> claim() {
        try {
            return store.claim(owner, LEASE, config.roots().keySet(), urls.possible())
                    .await()
                    .atMost(DATABASE);
        } catch (ProblemException | TimeoutException e) {
            LOG.debugf("imports cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void run(FolderImport job) {
        try {
            String root = job.root();
            boolean whole = root == null
                    ? urls.work(job, (item, outcome, oid) -> note(job, item, outcome, oid))
                    : walk(job, root(root));
            if (whole) {
                store.end(job.id(), owner, FolderImport.State.DONE, null)
                        .await()
                        .atMost(DATABASE);
            }
        } catch (IOException e) {
            String error = "The folder cannot be read: " + e.getMessage();
            LOG.warnf("import %d failed: %s", job.id(), error);
            end(job, error);
        } catch (ProblemException | TimeoutException e) {
            hold(job, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "import %d failed", job.id());
            end(job, "The service has a fault; it was logged.");
        }
    }

    /** Yields whether every file was looked at. */
    private boolean walk(FolderImport job, Path root) throws IOException {
        Path start = root.resolve(job.prefix()).toRealPath();
        if (!start.startsWith(root)) {
            throw new IOException(job.prefix() + " is a link that leaves it");
        }
        FileBlobs folder = new FileBlobs(root, root, clock);
        String after = job.position();
        while (after != null) {
            Page<Blob> page = folder.list(job.prefix(), after, PAGE);
            for (Blob file : page.items()) {
                if (hidden(file.key())) {
                    continue;
                }
                if (stopped.getCount() == 0 || !take(job, root, file.key())) {
                    return false;
                }
            }
            after = page.next();
        }
        return true;
    }

    /** Yields whether the import is still ours. */
    private boolean take(FolderImport job, Path root, String path) {
        FileOutcome outcome = importer.take(job, root, path);
        count(outcome);
        return store.note(job.id(), owner, LEASE, path, outcome).await().atMost(DATABASE);
    }

    /** Yields whether the import is still ours and this worker goes on. */
    private boolean note(FolderImport job, ImportedUrl item, FileOutcome outcome, @Nullable String oid) {
        count(outcome);
        boolean ours =
                urlStore.note(job, owner, LEASE, item, outcome, oid).await().atMost(DATABASE);
        return ours && stopped.getCount() > 0;
    }

    private void count(FileOutcome outcome) {
        meters.counter(
                        "sluice.image.imports.files",
                        "outcome",
                        switch (outcome) {
                            case FileOutcome.Imported imported -> "imported";
                            case FileOutcome.Unchanged unchanged -> "unchanged";
                            case FileOutcome.Refused refused -> "refused";
                        })
                .increment();
    }

    private Path root(String name) throws IOException {
        RootsConfig.Root root = config.roots().get(name);
        if (root == null) {
            throw new IOException("it is not configured here");
        }
        return root.path().toRealPath();
    }

    private void hold(FolderImport job, String error) {
        LOG.warnf("import %d goes on in a minute: %s", job.id(), error);
        try {
            store.hold(job.id(), owner, error).await().atMost(DATABASE);
        } catch (ProblemException | TimeoutException e) {
            LOG.debugf("which could not be noted: %s", e.getMessage());
        }
    }

    private void end(FolderImport job, String error) {
        try {
            store.end(job.id(), owner, FolderImport.State.FAILED, error).await().atMost(DATABASE);
        } catch (ProblemException | TimeoutException e) {
            LOG.debugf("which could not be noted: %s", e.getMessage());
        }
    }

    private static boolean hidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }
}
