@NullMarked
package io.sluice.gateway.health;

import org.jspecify.annotations.NullMarked;
