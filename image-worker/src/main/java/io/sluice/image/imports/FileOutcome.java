package io.sluice.image.imports;

/** What a file came to. */
sealed interface FileOutcome {
    /** It became a source, or changed one; or would, in a dry run. */
    record Imported(long bytes) implements FileOutcome {}

    /** Its source is as it should be. */
    record Unchanged() implements FileOutcome {}

    /** It cannot be taken. */
    record Refused(String problem, String detail) implements FileOutcome {}
}
