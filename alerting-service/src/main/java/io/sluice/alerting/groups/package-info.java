/** Groups of alerts and their timers, which are rows. */
@NullMarked
package io.sluice.alerting.groups;

import org.jspecify.annotations.NullMarked;
