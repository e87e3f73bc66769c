/** Alerts in the shape of the Alertmanager v2 API. */
@NullMarked
package io.sluice.contracts.alert;

import org.jspecify.annotations.NullMarked;
