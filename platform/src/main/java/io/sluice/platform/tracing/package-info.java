/** Trace contexts (W3C) are always passed on; spans are recorded and exported only where there is a collector. */
@NullMarked
package io.sluice.platform.tracing;

import org.jspecify.annotations.NullMarked;
