package io.sluice.gateway.purge;

import io.sluice.gateway.vendors.CacheAnswer;
import io.sluice.gateway.vendors.VendorReply;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a fetch after a purge proves. {@code Age} decides where it is sent: what a
 * cache further inside had before the purge is old, too. Else a miss does.
 */
enum Evidence {
    /** What is served is younger than the purge, or was not in the cache. */
    FRESH,
    /** What is served was in the cache before the purge. */
    OLD,
    /** The answer proves neither. */
    UNKNOWN;

    private static final Pattern AGE = Pattern.compile("[0-9]{1,9}");
    private static final long CLOCKS = 1;

    /** @param sincePurge since the vendor took the purge */
    static Evidence of(VendorReply reply, Duration sincePurge) {
        String age = reply.headers().get("age");
        if (age != null && AGE.matcher(age).matches()) {
            boolean younger = Long.parseLong(age) <= sincePurge.toSeconds() + CLOCKS;
            return younger ? FRESH : OLD;
        }
        return CacheAnswer.of(reply.headers()) == CacheAnswer.MISS ? FRESH : UNKNOWN;
    }
}
