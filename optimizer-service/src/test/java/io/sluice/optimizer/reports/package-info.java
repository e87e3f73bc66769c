@NullMarked
package io.sluice.optimizer.reports;

import org.jspecify.annotations.NullMarked;
