@NullMarked
package io.sluice.alerting.webhook;

import org.jspecify.annotations.NullMarked;
