/** The data plane: answers /img with a redirect to the chosen CDN. */
@NullMarked
package io.sluice.gateway.delivery;

import org.jspecify.annotations.NullMarked;
