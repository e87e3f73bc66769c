/** State on disk that outlives a restart. */
@NullMarked
package io.sluice.platform.snapshot;

import org.jspecify.annotations.NullMarked;
