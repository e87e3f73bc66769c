/** Takes CDN logs and keeps them as rollups. */
@NullMarked
package io.sluice.metrics.cdnlog;

import org.jspecify.annotations.NullMarked;
