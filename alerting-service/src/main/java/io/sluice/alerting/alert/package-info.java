/** What an alert is: labels, fingerprint, and what two reports of it add up to. */
@NullMarked
package io.sluice.alerting.alert;

import org.jspecify.annotations.NullMarked;
