package io.sluice.image.imports;

import io.sluice.image.origin.HttpOrigins;
import io.sluice.image.upload.StoredImage;
import io.sluice.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import's URLs, one after the other: each is fetched with the guards of {@link HttpOrigins}, with the checks of an upload, and
 * named. Blocking.
 */
@ApplicationScoped
class UrlImporter {
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final int PAGE = 100;

    private final UrlImportStore store;
    private final HttpOrigins origins;
    private final FileImporter files;

    UrlImporter(UrlImportStore store, HttpOrigins origins, FileImporter files) {
        this.store = store;
        this.origins = origins;
        this.files = files;
    }

    /** Whether there is an origin that may be imported from. */
    boolean possible() {
        return origins.any();
    }

    /** Notes outcomes; yields whether the import is still ours and goes on. */
    interface Notes {
        boolean take(ImportedUrl item, FileOutcome outcome, @Nullable String oid);
    }

    /**
     * Goes on behind the import's position.
     *
     * @return whether every URL was looked at
     * @throws ProblemException when the store or PostgreSQL does not work just now
     */
    boolean work(FolderImport job, Notes notes) {
        int position = job.position().isEmpty() ? -1 : Integer.parseInt(job.position());
        List<ImportedUrl> page;
        do {
            page = store.urls(job.id(), position, PAGE).await().atMost(DATABASE);
            for (ImportedUrl item : page) {
                if (!take(job, item, notes)) {
                    return false;
                }
                position = item.position();
            }
        } while (!page.isEmpty());
        return true;
    }

    private boolean take(FolderImport job, ImportedUrl item, Notes notes) {
        StoredImage image;
        try {
            image = origins.fetch(item.url());
        } catch (ProblemException e) {
            if (e.status() == 503 && !e.slug().startsWith("origin-")) {
                throw e; // this service's own trouble, not the URL's
            }
            return notes.take(item, new FileOutcome.Refused(e.slug(), String.valueOf(e.getMessage())), null);
        }
        return notes.take(item, files.named(job, item.path(), image), image.oid());
    }
}
