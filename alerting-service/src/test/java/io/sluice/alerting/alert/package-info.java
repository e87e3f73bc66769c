@NullMarked
package io.sluice.alerting.alert;

import org.jspecify.annotations.NullMarked;
