/** How CDNs do in markets, as clients report it. */
@NullMarked
package io.sluice.metrics.scorecard;

import org.jspecify.annotations.NullMarked;
