@NullMarked
package io.sluice.gateway.dns;

import org.jspecify.annotations.NullMarked;
