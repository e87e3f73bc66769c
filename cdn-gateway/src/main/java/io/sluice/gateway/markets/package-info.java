/** Markets: groups of countries, each with a policy of its own that is kept in versions. */
@NullMarked
package io.sluice.gateway.markets;

import org.jspecify.annotations.NullMarked;
