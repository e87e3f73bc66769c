@NullMarked
package io.sluice.gateway.geo;

import org.jspecify.annotations.NullMarked;
