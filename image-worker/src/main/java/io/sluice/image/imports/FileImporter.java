package io.sluice.image.imports;

import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.Source;
import io.sluice.image.firstpaint.FirstPaint;
import io.sluice.image.sources.SourceStore;
import io.sluice.image.upload.Intake;
import io.sluice.image.upload.StoredImage;
import io.sluice.image.upload.UploadRefused;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One file of an import: the checks of an upload, then its name. Blocking. */
@ApplicationScoped
class FileImporter {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final Intake intake;
    private final SourceStore sources;
    private final FirstPaint firstPaint;

    FileImporter(Intake intake, SourceStore sources, FirstPaint firstPaint) {
        this.firstPaint = firstPaint;
        this.intake = intake;
        this.sources = sources;
    }

    /**
     * @param root the folder's real path
     * @param path below it
     */
    FileOutcome take(FolderImport job, Path root, String path) {
        if (!Names.isPath(path)) {
            return new FileOutcome.Refused("invalid-request", "its name cannot be the path of a source");
        }
        try {
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root)) {
                return new FileOutcome.Refused("outside-root", "it is a link that leaves the folder");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new FileOutcome.Refused("not-a-file", "it is a link to a folder, or no file at all");
            }
            // Its real path, and no link any more: what was looked at is what is read.
            try (InputStream body = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return job.dryRun() ? looked(job, path, intake.examine(body)) : named(job, path, intake.keep(body));
            }
        } catch (UploadRefused e) {
            return new FileOutcome.Refused(e.slug(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new FileOutcome.Refused("unreadable", "it cannot be read: " + e.getMessage());
        }
    }

    private FileOutcome looked(FolderImport job, String path, StoredImage image) {
        return same(job, path, image) ? new FileOutcome.Unchanged() : new FileOutcome.Imported(image.bytes());
    }

    /** Makes an image that is here a source of the import's collection. */
    FileOutcome named(FolderImport job, String path, StoredImage image) {
        if (same(job, path, image)) {
            return new FileOutcome.Unchanged();
        }
        sources.put(job.collection(), path, image.oid(), job.tags())
                .await()
                .atMost(DATABASE)
                .ifPresent(firstPaint::of);
        return new FileOutcome.Imported(image.bytes());
    }

    private boolean same(FolderImport job, String path, StoredImage image) {
        Optional<Source> source = sources.find(job.collection(), path).await().atMost(DATABASE);
        List<String> tags = job.tags();
        return source.isPresent()
                && source.get().oid().equals(image.oid())
                && source.get().tags().equals(tags);
    }
}
