package io.sluice.image.directive;

import io.sluice.contracts.directive.DirectiveInbox;
import java.time.Instant;
import java.util.List;

/**
 * What is on disk.
 *
 * @param savedAt by the wall clock, to tell how long this worker was away
 * @param held directives and the age of their leases
 */
record HeldDirectives(Instant savedAt, List<DirectiveInbox.Held> held) {
    HeldDirectives {
        held = List.copyOf(held);
    }
}
