/** How many requests the CDNs fail just now. */
@NullMarked
package io.sluice.metrics.errors;

import org.jspecify.annotations.NullMarked;
