/** What is known of each source, in memory and on disk, following image-worker. */
@NullMarked
package io.sluice.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
