@NullMarked
package io.sluice.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
