/** What each CDN served and what it cost. */
@NullMarked
package io.sluice.metrics.usage;

import org.jspecify.annotations.NullMarked;
