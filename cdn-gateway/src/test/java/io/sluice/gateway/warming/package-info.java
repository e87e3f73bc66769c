@NullMarked
package io.sluice.gateway.warming;

import org.jspecify.annotations.NullMarked;
