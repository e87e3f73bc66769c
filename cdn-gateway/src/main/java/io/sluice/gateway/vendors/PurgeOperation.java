package io.sluice.gateway.vendors;

/** What a purge names. */
public enum PurgeOperation {
    /** Single paths. */
    URL,
    /** Everything below directories; each ends with a slash. */
    PREFIX,
    /** Everything that carries a tag. */
    TAG,
    /** Everything there is. */
    EVERYTHING
}
