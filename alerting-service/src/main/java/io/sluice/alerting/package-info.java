/** An Alertmanager drop-in that never loses an alert. */
@NullMarked
package io.sluice.alerting;

import org.jspecify.annotations.NullMarked;
