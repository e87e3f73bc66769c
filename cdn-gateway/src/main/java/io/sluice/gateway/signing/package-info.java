/** Keys that sign. */
@NullMarked
package io.sluice.gateway.signing;

import org.jspecify.annotations.NullMarked;
