@NullMarked
package io.sluice.gateway.steering;

import org.jspecify.annotations.NullMarked;
