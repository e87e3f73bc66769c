/** Takes alerts in, and says so only when they are kept. */
@NullMarked
package io.sluice.alerting.intake;

import org.jspecify.annotations.NullMarked;
