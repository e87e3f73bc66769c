@NullMarked
package io.sluice.gateway.cdns;

import org.jspecify.annotations.NullMarked;
