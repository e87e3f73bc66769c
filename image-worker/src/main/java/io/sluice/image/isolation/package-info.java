/** Encodes in child processes, so that neither a fault of a codec nor a bomb reaches the service. */
@NullMarked
package io.sluice.image.isolation;

import org.jspecify.annotations.NullMarked;
