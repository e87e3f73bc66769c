@NullMarked
package io.sluice.gateway.delivery;

import org.jspecify.annotations.NullMarked;
