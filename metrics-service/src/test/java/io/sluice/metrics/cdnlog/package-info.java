@NullMarked
package io.sluice.metrics.cdnlog;

import org.jspecify.annotations.NullMarked;
