@NullMarked
package io.sluice.gateway.edgerules;

import org.jspecify.annotations.NullMarked;
