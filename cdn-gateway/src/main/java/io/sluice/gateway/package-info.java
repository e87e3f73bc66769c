/** Picks, for each request, the CDN that is healthy, fast and cheap now. */
@NullMarked
package io.sluice.gateway;

import org.jspecify.annotations.NullMarked;
