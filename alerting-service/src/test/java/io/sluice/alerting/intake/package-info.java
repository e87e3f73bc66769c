@NullMarked
package io.sluice.alerting.intake;

import org.jspecify.annotations.NullMarked;
