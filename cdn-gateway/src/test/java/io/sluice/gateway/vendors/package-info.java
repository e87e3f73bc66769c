@NullMarked
package io.sluice.gateway.vendors;

import org.jspecify.annotations.NullMarked;
