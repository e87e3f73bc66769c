/** What would have been: traffic that was, decided by another policy. */
@NullMarked
package io.sluice.gateway.replays;

import org.jspecify.annotations.NullMarked;
