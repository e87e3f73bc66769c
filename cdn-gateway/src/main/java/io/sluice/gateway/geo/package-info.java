/** Where a client is: its address behind trusted proxies, and the country that a table of ranges has for it. */
@NullMarked
package io.sluice.gateway.geo;

import org.jspecify.annotations.NullMarked;
