/** How traffic is shared among CDNs: fast enough first, then cheapest. Pure functions and small state machines. */
@NullMarked
package io.sluice.gateway.steering;

import org.jspecify.annotations.NullMarked;
