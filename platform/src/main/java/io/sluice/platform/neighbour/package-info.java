/** Other services: where they are, how to call them, and whether they answer. */
@NullMarked
package io.sluice.platform.neighbour;

import org.jspecify.annotations.NullMarked;
