/** Purges of all CDNs: jobs, their durable queue, and the proof that they worked. */
@NullMarked
package io.sluice.gateway.purge;

import org.jspecify.annotations.NullMarked;
