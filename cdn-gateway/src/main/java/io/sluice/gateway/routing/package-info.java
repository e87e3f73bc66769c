/** Builds the snapshot that the data plane reads. */
@NullMarked
package io.sluice.gateway.routing;

import org.jspecify.annotations.NullMarked;
