/** Shows decisions with their reasons. */
@NullMarked
package io.sluice.gateway.decisions;

import org.jspecify.annotations.NullMarked;
