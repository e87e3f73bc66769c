@NullMarked
package io.sluice.gateway.pricing;

import org.jspecify.annotations.NullMarked;
