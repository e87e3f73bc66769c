/** Directives in force: issued, signed, served and streamed. */
@NullMarked
package io.sluice.optimizer.directives;

import org.jspecify.annotations.NullMarked;
