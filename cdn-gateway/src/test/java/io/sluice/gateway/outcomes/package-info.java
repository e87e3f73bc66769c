@NullMarked
package io.sluice.gateway.outcomes;

import org.jspecify.annotations.NullMarked;
