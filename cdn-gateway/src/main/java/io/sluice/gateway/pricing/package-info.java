/** What traffic costs: contracts with CDNs as data, and the price of the next gigabyte. */
@NullMarked
package io.sluice.gateway.pricing;

import org.jspecify.annotations.NullMarked;
