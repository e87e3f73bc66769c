/** Control state that lives in PostgreSQL and is followed by every replica. */
@NullMarked
package io.sluice.gateway.following;

import org.jspecify.annotations.NullMarked;
