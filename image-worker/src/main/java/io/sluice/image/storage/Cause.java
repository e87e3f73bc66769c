package io.sluice.image.storage;

import java.util.Locale;

/** Why something goes. */
enum Cause {
    /** A variant that was served to nobody for long. */
    UNUSED_VARIANT,
    /** A variant of an encoder profile that is gone. */
    OLD_PROFILE,
    /** An index entry that cannot be read or whose bytes are gone. */
    ENTRY_WITHOUT_BYTES,
    /** Bytes of a variant that no entry names. */
    BYTES_WITHOUT_ENTRY,
    /** An original that no source refers to. */
    UNREFERENCED_ORIGINAL,
    /** An original that was never accepted: its upload did not come to its end. */
    UNKNOWN_ORIGINAL;

    /** As in JSON: lower case with signs. */
    String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
