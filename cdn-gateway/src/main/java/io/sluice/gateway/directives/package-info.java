/** Receives the optimizer's directives and says what they allow. */
@NullMarked
package io.sluice.gateway.directives;

import org.jspecify.annotations.NullMarked;
