package io.sluice.image.imports;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An import and how far it is.
 *
 * @param id of it
 * @param root name of the folder; absent for one of URLs
 * @param prefix folder below it
 * @param collection to which the sources belong
 * @param tags of each source
 * @param dryRun whether nothing is kept
 * @param state where it stands
 * @param urls how many it has; absent for one of a folder
 * @param position last file looked at, or number of the last URL from 0; the next run goes on behind it
 * @param seen files looked at: imported, unchanged and refused
 * @param imported files that became (or would become) a source or changed one
 * @param unchanged files whose source is as it should be
 * @param refused files that cannot be taken; {@code /refusals} says why
 * @param bytes of the imported files
 * @param error what stopped it, or holds it up
 * @param createdAt when it was asked for
 * @param finishedAt when it ended
 */
public record FolderImport(
        long id,

        @Schema(description = "name of the folder; absent for one of URLs") @Nullable
        String root,

        String prefix,
        String collection,
        List<String> tags,
        boolean dryRun,

        @Schema(description = "how many it has; absent for one of a folder") @Nullable
        Integer urls,

        State state,
        @Schema(description = "last file looked at") String position,
        @Schema(description = "files looked at") long seen,

        @Schema(description = "files that became a source or changed one; of a dry run: that would")
        long imported,

        @Schema(description = "files whose source is as it should be")
        long unchanged,

        @Schema(description = "files that cannot be taken; /refusals says why")
        long refused,

        @Schema(description = "size of the imported files in bytes")
        long bytes,

        @Schema(description = "what stopped it, or holds it up") @Nullable
        String error,

        Instant createdAt,
        @Nullable Instant finishedAt) {
    /** Where an import stands. */
    public enum State {
        /** Nobody has begun. */
        QUEUED,
        /** A worker is at it, or will go on when the lease of one that died runs out. */
        RUNNING,
        /** Every file was looked at. */
        DONE,
        /** The folder cannot be read. */
        FAILED,
        /** Somebody called it off. */
        CANCELLED
    }

    public FolderImport {
        tags = List.copyOf(tags);
    }
}
