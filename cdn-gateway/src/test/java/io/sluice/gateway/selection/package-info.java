@NullMarked
package io.sluice.gateway.selection;

import org.jspecify.annotations.NullMarked;
