/** Injected time. */
@NullMarked
package io.sluice.platform.clock;

import org.jspecify.annotations.NullMarked;
