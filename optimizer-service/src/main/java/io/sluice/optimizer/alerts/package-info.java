/** Alerts that the optimizer raises. */
@NullMarked
package io.sluice.optimizer.alerts;

import org.jspecify.annotations.NullMarked;
