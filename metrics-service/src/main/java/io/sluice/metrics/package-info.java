/** Takes samples and CDN logs; answers with percentiles that merge, usage, cost, SLOs. */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
