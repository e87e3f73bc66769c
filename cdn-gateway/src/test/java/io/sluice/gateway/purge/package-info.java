@NullMarked
package io.sluice.gateway.purge;

import org.jspecify.annotations.NullMarked;
