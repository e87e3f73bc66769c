@NullMarked
package io.sluice.gateway.routing;

import org.jspecify.annotations.NullMarked;
