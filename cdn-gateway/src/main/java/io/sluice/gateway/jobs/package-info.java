/** Long work at CDNs as jobs: a durable queue of calls, worked off in a lane for each CDN, and token buckets shared by all replicas. */
@NullMarked
package io.sluice.gateway.jobs;

import org.jspecify.annotations.NullMarked;
