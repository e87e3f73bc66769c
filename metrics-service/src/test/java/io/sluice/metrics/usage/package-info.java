@NullMarked
package io.sluice.metrics.usage;

import org.jspecify.annotations.NullMarked;
