/** How the caches of each vendor are purged: requests, limits and what the answers mean. */
@NullMarked
package io.sluice.gateway.vendors;

import org.jspecify.annotations.NullMarked;
